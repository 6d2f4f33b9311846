/** A journal in a file: what is kept, in which order, and who may have it. */

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import path from "node:path";
import { type TestContext, test } from "node:test";
import { Worker } from "node:worker_threads";
import {
  type Journal,
  JournalError,
  type JournalFailure,
  openFileJournal,
} from "tc3-edge/refund/file";
import { Holder } from "./holders.ts";

async function temporaryFile(t: TestContext): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), "tc3-edge-journal-"));
  t.after(() => rm(folder, { recursive: true }));
  return path.join(folder, "refund.journal");
}

const bytesOf = (text: string) => new TextEncoder().encode(text);

async function textIn(journal: Journal): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of journal.read()) chunks.push(chunk);
  return Buffer.concat(chunks).toString("latin1");
}

const FILLING = `
  import { openFileJournal } from "tc3-edge/refund/file";
  const journal = await openFileJournal(process.env.JOURNAL);
  const append = (count) => journal.append(new Uint8Array(count)).then(
    () => "kept",
    ({ code, cause }) => code + ": " + cause.message,
  );
  // The last would find room again if it were tried.
  const said = await Promise.all([append(10_000), append(10_000), append(0)]);
  let length = 0;
  for await (const bytes of journal.read()) length += bytes.length;
  console.log(JSON.stringify([...said, length]));
`;

async function refusal(promise: Promise<unknown>, code: JournalFailure): Promise<JournalError> {
  const error = await promise.then(
    () => assert.fail("it must fail"),
    (error) => error,
  );
  assert(error instanceof JournalError, String(error));
  assert.equal(error.code, code);
  assert.deepEqual([error.outcome, error.retry, error.attempts], ["notSent", "never", 0]);
  assert(JournalError.fromJSON(error.toJSON()) instanceof JournalError);
  return error;
}

test("what was appended is read from the beginning, then and later", async (t) => {
  const file = await temporaryFile(t);
  const first = await openFileJournal(file);
  assert.equal(await textIn(first), "");
  await first.append(bytesOf("one,"));
  await first.append(bytesOf(""));
  // More than is read at once.
  await first.append(bytesOf("x".repeat(200_000)));
  assert.equal(await textIn(first), `one,${"x".repeat(200_000)}`);
  await first.close();
  const second = await openFileJournal(file);
  await second.append(bytesOf(",three"));
  assert.equal(await textIn(second), `one,${"x".repeat(200_000)},three`);
  await second.close();
  assert.equal((await stat(file)).mode & 0o777, 0o600);
  assert.deepEqual(await readdir(path.dirname(file)), [path.basename(file)]);
});

test("appends at the same time are kept in their order, as they were when they were made", async (t) => {
  const journal = await openFileJournal(await temporaryFile(t));
  const bytes = bytesOf("000,");
  const appends: Promise<void>[] = [];
  let expected = "";
  for (let number = 0; number < 200; number += 1) {
    const text = `${String(number).padStart(3, "0")},`;
    bytes.set(bytesOf(text));
    expected += text;
    appends.push(journal.append(bytes));
  }
  // What is read holds what was appended before.
  assert.equal(await textIn(journal), expected);
  await Promise.all(appends);
  await journal.close();
});

test("a tail that a crash left by half is read as it is", async (t) => {
  const file = await temporaryFile(t);
  await writeFile(file, "whole\nha");
  const journal = await openFileJournal(file);
  assert.equal(await textIn(journal), "whole\nha");
  await journal.close();
});

test("a second holder in this process is refused, by every name of the file", async (t) => {
  const file = await temporaryFile(t);
  const folder = path.dirname(file);
  const link = path.join(folder, "link");
  // It leads to a file that is yet to be made.
  await symlink(file, link);
  await symlink(folder, path.join(folder, "folder"));
  const journal = await openFileJournal(link);
  for (const name of [file, link, path.join(folder, "folder", path.basename(file))]) {
    const { message, remedy } = await refusal(openFileJournal(name), "JournalInUse");
    assert.match(message, /is held by process/);
    assert(message.includes(`process ${process.pid} of the host ${JSON.stringify(hostname())}`));
    assert(remedy.includes(`remove ${file}.lock`), remedy);
  }
  await journal.append(bytesOf("mine"));
  await journal.close();
  const next = await openFileJournal(file);
  assert.equal(await textIn(next), "mine");
  await next.close();
});

test("of two openings at once, one is refused", async (t) => {
  const file = await temporaryFile(t);
  const opened = await Promise.allSettled([openFileJournal(file), openFileJournal(file)]);
  const journals = opened.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
  assert.equal(journals.length, 1);
  await journals[0]?.close();
});

test("another thread of this process is another holder", async (t) => {
  const file = await temporaryFile(t);
  const journal = await openFileJournal(file);
  const program = `
    const { parentPort, workerData } = require("node:worker_threads");
    import("tc3-edge/refund/file")
      .then(({ openFileJournal }) => openFileJournal(workerData))
      .then(() => parentPort.postMessage("open"), (error) => parentPort.postMessage(error.code));
  `;
  const worker = new Worker(program, { eval: true, workerData: file, execArgv: [] });
  const said = await new Promise((resolve, reject) =>
    worker.once("message", resolve).once("error", reject),
  );
  assert.equal(said, "JournalInUse");
  await worker.terminate();
  await journal.close();
});

test("a second process is refused until the first has closed", async (t) => {
  const file = await temporaryFile(t);
  const holder = await Holder.start(t);
  assert.equal(await holder.opens(file), "open");
  const { message } = await refusal(openFileJournal(file), "JournalInUse");
  assert(message.includes(`process ${holder.pid} of`), message);
  holder.tell("close");
  assert.equal(await holder.hears(), "closed");
  const journal = await openFileJournal(file);
  const second = await Holder.start(t);
  assert.equal(await second.opens(file), "JournalInUse");
  await journal.close();
});

test("a killed process lets go, and all that it was told to be kept is there", async (t) => {
  const file = await temporaryFile(t);
  const acknowledged: string[] = [];
  for (let round = 0; round < 8; round += 1) {
    const holder = await Holder.start(t);
    assert.equal(await holder.opens(file), "open");
    holder.tell("fill");
    for (let count = 0; count < 1 + ((round * 7919) % 23); count += 1) {
      acknowledged.push((await holder.hears()) ?? assert.fail("it ended"));
    }
    await holder.kill();
    // What it said and was not heard yet.
    for (let line = await holder.hears(); line !== undefined; line = await holder.hears()) {
      acknowledged.push(line);
    }
    const journal = await openFileJournal(file);
    const lines = new Set((await textIn(journal)).split("\n"));
    for (const record of acknowledged) assert(lines.has(record), `${record} is lost`);
    await journal.close();
  }
  t.diagnostic(`${acknowledged.length} appends acknowledged`);
});

test("after an append that was cut short, nothing more is kept until it is opened again", async (t) => {
  const file = await temporaryFile(t);
  // What a full disk does, the limit of a process does too: the write that meets it is cut.
  const limited = spawnSync(
    "bash",
    ["-c", 'ulimit -f 16; exec "$@"', "", process.execPath, "--input-type=module", "-e", FILLING],
    { cwd: new URL("../../..", import.meta.url), env: { ...process.env, JOURNAL: file } },
  );
  assert.equal(String(limited.stderr), "");
  assert.deepEqual(JSON.parse(String(limited.stdout)), [
    "kept",
    "JournalBroken: only 6384 of 10000 bytes were written",
    "JournalBroken: only 6384 of 10000 bytes were written",
    16_384,
  ]);
  const journal = await openFileJournal(file);
  assert.equal((await textIn(journal)).length, 16_384);
  await journal.append(bytesOf("more"));
  await journal.close();
});

test("after the end, everything is refused", async (t) => {
  const journal = await openFileJournal(await temporaryFile(t));
  const kept = journal.append(bytesOf("one"));
  const reading = journal.read()[Symbol.asyncIterator]();
  await Promise.all([journal.close(), journal.close()]);
  // What was under way came to its end.
  await kept;
  await refusal(journal.append(bytesOf("two")), "JournalUnavailable");
  await refusal(textIn(journal), "JournalUnavailable");
  await refusal(Promise.resolve(reading.next()), "JournalUnavailable");
});

test("where nothing can be kept, it is said", async (t) => {
  const file = await temporaryFile(t);
  const nowhere = path.join(path.dirname(file), "nowhere", "refund.journal");
  const { message, remedy } = await refusal(openFileJournal(nowhere), "JournalUnavailable");
  assert.match(message, /nowhere.*ENOENT/);
  assert.match(remedy, /a folder that is there/);
  await mkdir(file);
  for (const path of [file, "/dev/full"]) {
    const { message } = await refusal(openFileJournal(path), "JournalUnavailable");
    assert.equal(message, `${path} is no regular file`);
  }
});

test("the lock says who holds it", async (t) => {
  const file = await temporaryFile(t);
  const journal = await openFileJournal(file);
  const { pid, host } = JSON.parse(await readFile(`${file}.lock`, "utf8"));
  assert.deepEqual([pid, host], [process.pid, hostname()]);
  assert.equal((await stat(`${file}.lock`)).mode & 0o777, 0o600);
  await journal.close();
});
