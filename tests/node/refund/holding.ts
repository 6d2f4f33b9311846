/** A process of its own that holds files' journals: it does as it is told, line by line, and says what became of it. */

import { createInterface } from "node:readline";
import { JournalError, type OpenJournal, openFileJournal } from "tc3-edge/refund/file";

const say = (what: string) => process.stdout.write(`${what}\n`);
/** All stay open; the last one is used. */
const journals: OpenJournal[] = [];

say("ready");
for await (const line of createInterface({ input: process.stdin })) {
  const [what, file = ""] = line.split(" ");
  if (what === "open") say(await opened(file));
  if (what === "fill") await fill();
  if (what === "close") {
    await journals.at(-1)?.close();
    say("closed");
  }
}

async function opened(file: string): Promise<string> {
  try {
    journals.push(await openFileJournal(file));
    return "open";
  } catch (error) {
    if (error instanceof JournalError) return error.code;
    throw error;
  }
}

/** Appends without end, and tells of each one that is kept. */
async function fill(): Promise<never> {
  for (let turn = 0; ; turn += 1) {
    const record = `${process.pid} ${turn}`;
    await journals.at(-1)?.append(new TextEncoder().encode(`${record}\n`));
    say(record);
  }
}
