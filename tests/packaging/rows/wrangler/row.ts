/** A Worker as wrangler bundles it, in workerd; and a Durable Object with a journal, which is killed. */

import type { Project, Row } from "../../harness/project.ts";

const DEV = ["wrangler", "dev", "--ip", "127.0.0.1", "--port", "{port}", "--inspector-port", "0"];

export default {
  // wrangler needs a newer Node than the library, and `node` fetches it when it is installed.
  scripts: true,
  rows: [
    row("wrangler", "workerd by wrangler", []),
    row("wrangler-nodejs-compat", "workerd by wrangler, nodejs_compat", ["nodejs_compat"]),
    {
      name: "durable-object",
      title: "a Durable Object's journal in workerd",
      run: { kind: "process", command: ["node", "journal.js"] },
    },
  ],
} satisfies Project;

function row(name: string, title: string, flags: string[]): Row {
  const given = flags.flatMap((flag) => ["--compatibility-flags", flag]);
  return { name, title, run: { kind: "server", command: [...DEV, ...given] } };
}
