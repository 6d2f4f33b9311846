/** Whose lock of a journal's file is taken over, and that it is by one alone. */

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { type TestContext, test } from "node:test";
import { openFileJournal } from "tc3-edge/refund/file";
import { Holder } from "./holders.ts";

async function temporaryFile(t: TestContext): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), "tc3-edge-lock-"));
  t.after(() => rm(folder, { recursive: true }));
  return path.join(folder, "refund.journal");
}

/** What stands in a lock of this process. */
async function ownLock(t: TestContext): Promise<Record<string, unknown>> {
  const file = await temporaryFile(t);
  const journal = await openFileJournal(file);
  const lock = JSON.parse(await readFile(`${file}.lock`, "utf8"));
  await journal.close();
  return lock;
}

/** The number of a process that has ended. */
const deadPid = () => spawnSync(process.execPath, ["--version"]).pid;

test("a lock is taken over only where its holder has surely ended", async (t) => {
  const own = await ownLock(t);
  // Only Linux tells when a process began.
  const tells = own.began !== "";
  for (const [what, text, taken] of [
    ["a process that ended", { ...own, pid: deadPid() }, true],
    ["one that had our number before us", { ...own, began: "1" }, tells],
    ["one whose number another one has now", { ...own, pid: process.ppid }, tells],
    ["this one", own, false],
    ["one that runs", { ...own, pid: process.ppid, began: "" }, false],
    ["one of another host", { ...own, pid: deadPid(), host: "elsewhere" }, false],
    ["one of no number", { ...own, pid: 0 }, false],
    ["nobody", "", false],
    ["half a holder", '{"pid":1', false],
  ] as const) {
    const file = await temporaryFile(t);
    const before = typeof text === "string" ? text : JSON.stringify(text);
    await writeFile(`${file}.lock`, before);
    const opening = openFileJournal(file);
    if (taken) {
      await (await opening).close();
      continue;
    }
    await assert.rejects(opening, { code: "JournalInUse" }, what);
    assert.equal(await readFile(`${file}.lock`, "utf8"), before, what);
  }
});

test("a lock from before the machine's start is taken over", async (t) => {
  const own = await ownLock(t);
  // Only Linux names its starts.
  if (own.boot === "") return t.skip("this machine's starts have no names");
  const file = await temporaryFile(t);
  // Its number is another process's now.
  const before = { ...own, pid: process.ppid, boot: "another start" };
  await writeFile(`${file}.lock`, JSON.stringify(before));
  await (await openFileJournal(file)).close();
});

test("of many that find a dead lock at once, one takes it over", async (t) => {
  const own = await ownLock(t);
  const holders = await Promise.all(Array.from({ length: 6 }, () => Holder.start(t)));
  const winners = new Set<number>();
  for (let round = 0; round < 20; round += 1) {
    const file = await temporaryFile(t);
    await writeFile(`${file}.lock`, JSON.stringify({ ...own, pid: deadPid() }));
    const said = await Promise.all(holders.map((holder) => holder.opens(file)));
    assert.deepEqual(said.toSorted(), [...Array(5).fill("JournalInUse"), "open"], `round ${round}`);
    winners.add(said.indexOf("open"));
    const left = (await readdir(path.dirname(file))).sort();
    assert.deepEqual(left, ["refund.journal", "refund.journal.lock"]);
  }
  t.diagnostic(`${winners.size} of 6 processes won at least once`);
});

test("a takeover that was cut short is not passed over", async (t) => {
  const own = await ownLock(t);
  const file = await temporaryFile(t);
  await writeFile(`${file}.lock`, JSON.stringify({ ...own, pid: deadPid() }));
  await mkdir(`${file}.lock.taking`);
  await assert.rejects(openFileJournal(file), (error: Error & { code: string; remedy: string }) => {
    assert.equal(error.code, "JournalInUse");
    assert.match(error.remedy, /remove the folder .*\.lock\.taking\.$/);
    return true;
  });
  await rm(`${file}.lock.taking`, { recursive: true });
  await (await openFileJournal(file)).close();
});

test("a lock that a person removed is not taken from who has it since", async (t) => {
  const file = await temporaryFile(t);
  const journal = await openFileJournal(file);
  await rm(`${file}.lock`);
  const next = await openFileJournal(file);
  await journal.close();
  await assert.rejects(openFileJournal(file), { code: "JournalInUse" });
  await next.close();
});
