/** Holds the journal of a Durable Object against what it was told, also after workerd was killed amid its appends. */

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { unstable_startWorker } from "wrangler";
import { expect, run } from "./suite-checks.js";

const folder = await mkdtemp(path.join(tmpdir(), "tc3-edge-object-"));

/** Starts workerd on what is kept in the folder. Its end is a SIGKILL. */
function start() {
  return unstable_startWorker({
    config: "object.jsonc",
    dev: {
      persist: folder,
      server: { hostname: "127.0.0.1", port: 0 },
      inspector: false,
      watch: false,
      logLevel: "none",
    },
  });
}

let workerd = await start();

/** What an object answers. */
async function ask(object, what, body) {
  const init = body === undefined ? {} : { method: "POST", body: JSON.stringify(body) };
  const answer = await workerd.fetch(`http://127.0.0.1/${object}/${what}`, init);
  if (!answer.ok) throw new Error(`${answer.status}: ${await answer.text()}`);
  return answer;
}

const json = async (...call) => (await ask(...call)).json();
const read = async (object) => (await ask(object, "read")).text();
const digits = (number) => `refund/${String(number).padStart(12, "0")}`;

const results = [];
const check = async (name, work) => {
  results.push(await run(name, work));
};

for (const storage of ["sqlite", "plain"]) {
  await check(`${storage}: appends are read in their order`, async () => {
    const texts = Array.from({ length: 100 }, (_, number) => `${number},`);
    await ask(`${storage}/order`, "append", texts);
    expect((await read(`${storage}/order`)) === texts.join(""), await read(`${storage}/order`));
    await ask(`${storage}/order`, "reopen");
    await ask(`${storage}/order`, "append", ["more"]);
    const found = await read(`${storage}/order`);
    expect(found === `${texts.join("")}more`, found);
    const keys = await json(`${storage}/order`, "keys");
    expect(keys.length === 101 && keys[100] === digits(101), keys);
  });

  await check(`${storage}: an append of more than a value may have is whole`, async () => {
    for (const [object, length, count] of [
      ["small", 130_048, 1],
      ["large", 300_000, 3],
      // More than is put at once.
      ["huge", 17_000_000, 131],
    ]) {
      await ask(`${storage}/${object}`, `appendLarge?length=${length}`);
      const bytes = new Uint8Array(await (await ask(`${storage}/${object}`, "read")).arrayBuffer());
      expect(bytes.length === length, bytes.length);
      expect(bytes.every((byte, at) => byte === at % 251));
      expect((await json(`${storage}/${object}`, "keys")).length === count);
    }
  });

  await check(`${storage}: one at a time holds a journal, and names are apart`, async () => {
    const object = `${storage}/names`;
    await ask(object, "append", ["mine"]);
    expect((await json(object, "open?name=refund")) === "JournalInUse");
    expect((await json(object, "open?name=refund/0")) === "open");
    expect((await json(object, "open?name=refund/0")) === "JournalInUse");
    await ask(object, "put?key=other/1");
    expect((await json(object, "open?name=other")) === "JournalUnavailable");
    expect((await json(object, "open?name=oth")) === "open");
  });

  await check(`${storage}: an object that is started again finds everything`, async () => {
    const object = `${storage}/abort`;
    await ask(object, "append", ["one,"]);
    const before = (await ask(object, "read")).headers.get("born");
    const aborted = await ask(object, "abort").catch((error) => error);
    expect(aborted instanceof Error, aborted);
    const answer = await ask(object, "read");
    expect(answer.headers.get("born") !== before);
    expect((await answer.text()) === "one,");
    await ask(object, "append", ["two"]);
    expect((await read(object)) === "one,two");
  });
}

await check("what was kept before workerd was killed is there afterwards", async () => {
  const kept = { "sqlite/kill": [], "plain/kill": [] };
  for (let round = 0; round < 5; round += 1) {
    const enough = 1 + ((round * 7919) % 23);
    const working = Object.entries(kept).map(async ([object, records]) => {
      for (let turn = 0; ; turn += 1) {
        const record = `${round} ${turn},`;
        await ask(object, "append", [record]);
        records.push(record);
        if (turn === enough) killed();
      }
    });
    let killed = () => {};
    await new Promise((resolve) => {
      killed = resolve;
      // Those that are under way when it is killed fail.
      for (const work of working) work.catch(() => {});
    });
    await workerd.dispose();
    await Promise.allSettled(working);
    workerd = await start();
    for (const [object, records] of Object.entries(kept)) {
      const found = new Set((await read(object)).split(/(?<=,)/));
      for (const record of records) expect(found.has(record), `${record} is lost`);
      expect(records.length > 0);
    }
  }
});

await workerd.dispose();
await rm(folder, { recursive: true });
console.log(`suite ${JSON.stringify(results)}`);
