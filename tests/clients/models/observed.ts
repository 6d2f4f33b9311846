/** What goes to an SDK's models and what comes back; and the same of this package's typed client. */

import type { Warning } from "tc3-edge";
import { Iotvideo } from "tc3-edge/iotvideo/v20191126";
import type { Observed } from "../differential/observed.ts";
import type { Params } from "../differential/values.ts";

/** A call: its parameters, and the JSON text that answers it. */
export interface Asked {
  action: string;
  params: Params;
  answer: string;
}

/** A request, with its body in base64. */
export type Sent = Pick<Observed, "method" | "url" | "headers" | "body">;

/** What an SDK sent, and the JSON text of what its model then held; or why it did neither. */
export interface Seen extends Sent {
  read: string;
  error?: string;
}

/** What this package did: what it sent and read, and what it warned of. */
export interface Own {
  sent: Sent;
  read: unknown;
  warnings: Warning[];
}

/** Makes a call by its method of the typed client, on a network in memory. */
export async function callOwn({ action, params, answer }: Asked): Promise<Own> {
  const warnings: Warning[] = [];
  const sent: Sent[] = [];
  const client = new Iotvideo({
    credential: { secretId: "test-id", secretKey: "test-key" },
    region: "ap-guangzhou",
    hooks: { onWarning: (warning) => warnings.push(warning) },
    fetch: async (url, { method = "", headers, body } = {}) => {
      const names = Object.fromEntries(new Headers(headers));
      const base64 = Buffer.from(body as string).toString("base64");
      sent.push({ method, url: String(url), headers: names, body: base64 });
      return new Response(answer, { headers: { "Content-Type": "application/json" } });
    },
  });
  const methods = client as unknown as Record<string, (request: object) => Promise<unknown>>;
  const read = await methods[action]?.(params);
  const [only, ...more] = sent;
  if (!only || more.length > 0) throw new Error(`${action} sent ${sent.length} requests`);
  return { sent: only, read, warnings };
}
