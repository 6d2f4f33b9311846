/** Refunds at the real service, run against the sandbox: what is sent, what is said, and the exit status. */

import assert from "node:assert/strict";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { test } from "node:test";
import { reach } from "../../../scripts/live/service.ts";
import { KEYS, Program, Scene } from "./program.ts";

const PROMPT = "Type the ServiceId to refund it:";

test("the plan alone is shown, and nothing else happens", async (t) => {
  const scene = await Scene.start(t);
  const program = scene.run(["--plan-only"]);
  assert.equal(await program.ends(), 0);
  assert.match(program.stdout, /Refund all 3 valid orders/);
  assert.match(program.stdout, /x void, lost {3}= back to the pool/);
  assert.match(program.stdout, /127\.0\.0\.1:\d+, region ap-guangzhou\n {2}secret id {2}sandbox-/);
  assert(!program.stdout.includes(PROMPT));
  assert.deepEqual([await scene.calls(), existsSync(scene.journal)], [0, false]);
});

test("what is not the ServiceId, or nothing at all, sends nothing", async (t) => {
  const scene = await Scene.start(t);
  for (const answer of ["yes", "", `${scene.ServiceId}x`, undefined]) {
    const program = scene.run();
    program.type(answer);
    assert.equal(await program.ends(), 1);
    assert.match(program.stdout, /Nothing was sent\.\n$/);
  }
  assert.equal(await scene.calls(), 0);
});

test("Ctrl+C at the question sends nothing", async (t) => {
  const scene = await Scene.start(t);
  const program = scene.run();
  await program.says(PROMPT);
  program.interrupt();
  assert.equal(await program.ends(), 1);
  assert.match(program.stdout, /Nothing was sent\.\n$/);
  assert.equal(await scene.calls(), 0);
});

test("the ServiceId, typed, refunds every order; the next run finds nothing left", async (t) => {
  const scene = await Scene.start(t);
  const program = scene.run();
  await program.says(PROMPT);
  assert.match(program.stdout, /not the real one/);
  program.type(scene.ServiceId);
  assert.equal(await program.ends(), 0);
  assert.deepEqual(await scene.refunded(), scene.orders);
  assert.match(program.stdout, /All is done\./);
  assert.match(program.stdout, new RegExp(`order ${scene.orders[0]}: done: void`));
  assert.match(program.stdout, new RegExp(`order ${scene.orders[2]}: done: returned to the pool`));
  const again = scene.run();
  assert.equal(await again.ends(), 1);
  assert.match(again.stdout, /Every order of this service is refunded.*\nNothing was sent\.\n$/);
});

test("one order, and the report as JSON alone on stdout", async (t) => {
  const scene = await Scene.start(t);
  const program = scene.run([`--order-id=${scene.orders[1]}`, "--json"]);
  program.type(scene.ServiceId);
  assert.equal(await program.ends(), 0);
  assert.deepEqual(await scene.refunded(), [scene.orders[1]]);
  const { ServiceId, isDone, orders } = JSON.parse(program.stdout);
  assert.deepEqual([ServiceId, isDone, orders.length], [scene.ServiceId, true, 1]);
  assert.match(program.stderr, /Type the ServiceId/);
});

test("one request for the whole service, where it is asked for", async (t) => {
  const scene = await Scene.start(t);
  const program = scene.run(["--whole"]);
  program.type(scene.ServiceId);
  assert.equal(await program.ends(), 0);
  assert.deepEqual([await scene.calls(), await scene.refunded()], [1, scene.orders]);
});

test("without credentials it says what to set, and sends nothing", async (t) => {
  const scene = await Scene.start(t);
  const none = { TENCENTCLOUD_SECRET_ID: "", TENCENTCLOUD_SECRET_KEY: "" };
  const both = scene.run([], none);
  assert.equal(await both.ends(), 2);
  assert.match(both.stdout, /set TENCENTCLOUD_SECRET_ID and TENCENTCLOUD_SECRET_KEY in the/);
  const one = scene.run([], { ...none, TENCENTCLOUD_SECRET_ID: "sandbox-secret-id" });
  assert.equal(await one.ends(), 2);
  assert.match(one.stdout, /set TENCENTCLOUD_SECRET_KEY in the[\s\S]*Nothing was sent\.\n$/);
  assert.equal(await scene.calls("DescribeStorageService"), 0);
});

test("a wrong secret key is told as such", async (t) => {
  const scene = await Scene.start(t);
  const program = scene.run([], {
    TENCENTCLOUD_SECRET_ID: "sandbox-secret-id",
    TENCENTCLOUD_SECRET_KEY: "another-secret-key",
  });
  assert.equal(await program.ends(), 2);
  assert.match(program.stdout, /AuthFailure\.SignatureFailure: .*Check TENCENTCLOUD_SECRET_ID/);
  assert.match(program.stdout, /Nothing was sent\.\n$/);
  assert(!program.stdout.includes("another-secret-key"));
});

test("what is bought between the plan and the word ends it, and nothing is sent", async (t) => {
  const scene = await Scene.start(t);
  const { ServiceId } = scene;
  const program = scene.run();
  await program.says(PROMPT);
  await scene.buy();
  assert.equal(scene.ServiceId, ServiceId, "it is the same service");
  program.type(ServiceId);
  assert.equal(await program.ends(), 1);
  assert.match(program.stdout, /PlanChanged: .*was not there when the plan was drawn/);
  assert.match(program.stdout, /Nothing was sent\.\n$/);
  assert.equal(await scene.calls(), 0);
});

test("an answer that is lost after its refund was carried out is read back as done", async (t) => {
  const scene = await Scene.start(t);
  await scene.fault("after");
  const program = scene.run();
  program.type(scene.ServiceId);
  assert.equal(await program.ends(), 0);
  assert.match(program.stdout, /The answer is lost: reading back what became of order/);
  assert.deepEqual(await scene.refunded(), scene.orders);
});

test("a request that is lost is settled by the next runs, and sent again only when asked", async (t) => {
  const scene = await Scene.start(t);
  const [first] = scene.orders;
  const run = async (options: string[] = []) => {
    const program = scene.run([`--order-id=${first}`, "--settle=later", ...options]);
    program.type(scene.ServiceId);
    return { status: await program.ends(), said: program.stdout };
  };
  await scene.fault("before");
  const lost = await run();
  assert.equal(lost.status, 3);
  assert.match(lost.said, new RegExp(`order ${first}: UNKNOWN`));
  assert.match(lost.said, /Next: run the same command again/);
  // It may still be carried out, so nothing is asked and nothing is sent.
  const early = await run();
  assert.equal(early.status, 3);
  assert.match(early.said, new RegExp(`order ${first}: UNKNOWN`));
  assert(!early.said.includes(PROMPT));
  await scene.sandbox.control("setClock", { advance: 600_000 });
  const settled = await run();
  assert.equal(settled.status, 3);
  assert.match(settled.said, new RegExp(`order ${first}: NOT DONE`));
  assert.match(settled.said, /run it with --tries 2/);
  assert(!settled.said.includes(PROMPT));
  assert.deepEqual(await scene.refunded(), []);
  const again = await run(["--tries=2"]);
  assert.equal(again.status, 0, again.said);
  assert.deepEqual(await scene.refunded(), [first]);
});

test("what an earlier run left open is settled, also where nothing is left to plan", async (t) => {
  const scene = await Scene.start(t);
  await scene.fault("after", "hang");
  const stopped = scene.run(["--whole"]);
  stopped.type(scene.ServiceId);
  await once(scene.answered, "RefundStorageService");
  stopped.interrupt();
  assert.equal(await stopped.ends(), 3);
  assert.match(stopped.stdout, /UNKNOWN/);
  const next = scene.run();
  assert.equal(await next.ends(), 0, next.stdout);
  assert.match(next.stdout, /The journal knows of an earlier run:/);
  assert.match(next.stdout, /Every order of this service is refunded.*\n\nAll is done\./);
  assert.deepEqual([await scene.calls(), await scene.refunded()], [1, scene.orders]);
});

test("a wait ends with Ctrl+C, and says what is not known", async (t) => {
  const scene = await Scene.start(t);
  await scene.fault("before");
  const program = scene.run();
  program.type(scene.ServiceId);
  await program.says("Ctrl-C ends the wait");
  program.interrupt();
  assert.equal(await program.ends(), 3);
  assert.match(program.stdout, new RegExp(`order ${scene.orders[0]}: UNKNOWN`));
  assert.deepEqual(await scene.refunded(), scene.orders.slice(1));
});

test("a journal that another run holds is told, and nothing is sent", async (t) => {
  const scene = await Scene.start(t);
  const first = scene.run();
  await first.says(PROMPT);
  const second = scene.run();
  assert.equal(await second.ends(), 1);
  assert.match(second.stdout, /JournalInUse: .*is held by process/);
  first.type("no");
  assert.equal(await first.ends(), 1);
});

test("a wrong option is told before anything else", async () => {
  const wrong = [
    [],
    ["--service-id="],
    ["--service-id=s", "--yes"],
    ["--service-id=s", "s"],
    ["--service-id=s", "--tries=0"],
    ["--service-id=s", "--settle=never"],
    ["--service-id=s", "--order-id="],
    ["--service-id=s", "--order-id=o", "--whole"],
    ["--service-id=s", "--endpoint=http://example.com"],
    ["--service-id=s", "--endpoint=somewhere"],
  ];
  const programs = wrong.map(
    (options) => new Program(["scripts/start.mjs", "--live", ...options], {}),
  );
  for (const program of programs) {
    assert.equal(await program.ends(), 2);
    assert.equal(program.stdout, "");
    assert.match(program.stderr, /\nNothing was read or sent\./);
  }
  const help = new Program(["scripts/start.mjs", "--live", "--help"], {});
  assert.equal(await help.ends(), 0);
  assert.match(help.stdout, /--settle HOW/);
});

test("npm start itself refunds too", async (t) => {
  const scene = await Scene.start(t);
  const program = new Program(["scripts/start.mjs", ...scene.args(["--json"])], KEYS);
  program.type(scene.ServiceId);
  assert.equal(await program.ends(), 0);
  assert.equal(JSON.parse(program.stdout).isDone, true);
  assert.deepEqual(await scene.refunded(), scene.orders);
});

test("without an endpoint it is the real service, and that is said before anything is sent", async () => {
  const before = { ...process.env };
  Object.assign(process.env, KEYS, { TENCENTCLOUD_TOKEN: "a-token" });
  try {
    const options = { region: "ap-guangzhou", endpoint: "nearest", journal: "j" };
    const { words, isLoopback } = await reach({ target: { ServiceId: "s" }, ...options });
    assert.equal(isLoopback, false);
    assert.match(words, /REAL service[\s\S]*https:\/\/iotvideo\.tencentcloudapi\.com/);
    assert.match(words, /sandbox-secret-id, a temporary key/);
    assert(!/secret-key|a-token/.test(words));
  } finally {
    process.env = before;
  }
});
