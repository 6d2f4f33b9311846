/** A Durable Object that holds a journal, and does with it what `journal.js` asks for. */

import { DurableObject } from "cloudflare:workers";
import { openDurableObjectJournal } from "tc3-edge/refund/durable-object";

/** Its storage is SQLite. */
export class Keeper extends DurableObject {
  /** Another one after each start. */
  born = crypto.randomUUID();
  journal = openDurableObjectJournal(this.ctx.storage);

  async fetch(request) {
    const { pathname, searchParams } = new URL(request.url);
    const [what = ""] = pathname.split("/").slice(-1);
    const answer = await this[what](searchParams, request);
    return answer instanceof Response ? answer : Response.json(answer ?? null);
  }

  /** At the same time, one for each text. */
  async append(_, request) {
    const journal = await this.journal;
    const texts = await request.json();
    await Promise.all(texts.map((text) => journal.append(new TextEncoder().encode(text))));
  }

  /** So many bytes: 0, 1, …, 250, 0, … */
  async appendLarge(parameters) {
    const bytes = new Uint8Array(Number(parameters.get("length")));
    for (let at = 0; at < bytes.length; at += 1) bytes[at] = at % 251;
    await (await this.journal).append(bytes);
  }

  async read() {
    const pieces = [];
    for await (const bytes of (await this.journal).read()) pieces.push(bytes);
    return new Response(new Blob(pieces), { headers: { born: this.born } });
  }

  async keys() {
    return [...(await this.ctx.storage.list()).keys()];
  }

  /** Opens one more, of a name; gives `open` or the error's code. */
  async open(parameters) {
    const opening = openDurableObjectJournal(this.ctx.storage, parameters.get("name"));
    return opening.then(
      () => "open",
      (error) => error.code,
    );
  }

  async reopen() {
    await (await this.journal).close();
    this.journal = openDurableObjectJournal(this.ctx.storage);
    await this.journal;
  }

  async put(parameters) {
    await this.ctx.storage.put(parameters.get("key"), "somebody's");
  }

  async abort() {
    this.ctx.abort("as the test wants it");
  }
}

/** Its storage is the older one. */
export class PlainKeeper extends Keeper {}

export default {
  /** The path is `/<storage>/<object>/<what>`. */
  async fetch(request, env) {
    const [, storage, object] = new URL(request.url).pathname.split("/");
    const objects = storage === "sqlite" ? env.SQLITE : env.PLAIN;
    return objects.get(objects.idFromName(object)).fetch(request);
  },
};
