/** The file of a sandbox: what is kept, what is told of files that are none, and who may write. */

import assert from "node:assert/strict";
import { copyFile, readFile, stat, truncate, writeFile } from "node:fs/promises";
import { test } from "node:test";
import { openSqliteStore } from "../../sandbox/hosts/sqlite-store.ts";
import { temporaryFile } from "./temporary.ts";

test("lines are there after a restart, in their order", async (t) => {
  const file = await temporaryFile(t);
  const first = await openSqliteStore(file);
  assert.deepEqual([...first.open().lines], []);
  first.append(["1", "2"]);
  first.append(["3"]);
  first.close();
  const second = await openSqliteStore(file);
  assert.deepEqual([...second.open().lines], ["1", "2", "3"]);
  second.keepState("a state");
  second.append(["4"]);
  second.close();
  const third = await openSqliteStore(file);
  const { state, lines } = third.open();
  assert.deepEqual([state, ...lines], ["a state", "4"]);
  assert.deepEqual([...third.lines()], ["1", "2", "3", "4"]);
  third.replace("another state");
  assert.deepEqual([...third.lines()], []);
  third.append(["5"]);
  third.close();
  const fourth = await openSqliteStore(file);
  const replaced = fourth.open();
  assert.deepEqual([replaced.state, ...replaced.lines], ["another state", "5"]);
  fourth.close();
});

test("a second writer is told so, and the first goes on", async (t) => {
  const file = await temporaryFile(t);
  const first = await openSqliteStore(file);
  await assert.rejects(openSqliteStore(file), /open in another process: one sandbox at a time/);
  first.append(["1"]);
  first.close();
  const second = await openSqliteStore(file);
  assert.deepEqual([...second.open().lines], ["1"]);
  second.close();
});

test("a file that is no sandbox's is left as it is", async (t) => {
  const file = await temporaryFile(t);
  await writeFile(
    file,
    "a text that somebody wrote, longer than the head of a database: ".repeat(99),
  );
  const before = await readFile(file);
  await assert.rejects(openSqliteStore(file), /is no database; nothing was changed/);
  assert.deepEqual(await readFile(file), before);

  const { DatabaseSync } = await import("node:sqlite" as string);
  const other = await temporaryFile(t, "other.db");
  const database = new DatabaseSync(other);
  database.exec("CREATE TABLE mine (a)");
  database.close();
  const theirs = await readFile(other);
  await assert.rejects(openSqliteStore(other), /a database, but no sandbox's; nothing was changed/);
  assert.deepEqual(await readFile(other), theirs);
});

test("a log that was cut at any byte opens with a prefix of the history", async (t) => {
  const file = await temporaryFile(t);
  const store = await openSqliteStore(file);
  const calls = [["1", "2"], ["3"], ["4", "5", "6"]];
  for (const lines of calls) store.append(lines);
  // The database and its log as they lie on the disk while it is open.
  const [whole, cut] = [await temporaryFile(t), await temporaryFile(t)];
  await copyFile(file, whole);
  await copyFile(`${file}-wal`, `${whole}-wal`);
  store.close();
  const prefixes = [[], ...calls.map((_, at) => calls.slice(0, at + 1).flat())].map(String);
  const { size } = await stat(`${whole}-wal`);
  const step = Number(process.env.TC3_EDGE_CUT_STEP ?? 61);
  const seen = new Set<string>();
  for (let length = size; length >= 0; length -= step) {
    await copyFile(whole, cut);
    await copyFile(`${whole}-wal`, `${cut}-wal`);
    await truncate(`${cut}-wal`, length);
    const opened = await openSqliteStore(cut);
    const found = String([...opened.open().lines]);
    opened.close();
    assert(prefixes.includes(found), `cut at ${length}: ${found}`);
    seen.add(found);
  }
  assert.deepEqual([...seen].sort(), prefixes.sort());
  t.diagnostic(`${size} bytes, cut at every ${step === 1 ? "" : `${step}th `}one`);
});
