/** TypeScript's own language server, as an editor drives it: JSON-RPC over its standard input and output. */

import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import type { Readable, Writable } from "node:stream";
import { text } from "node:stream/consumers";
import type { TestContext } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";

const top = fileURLToPath(new URL("../..", import.meta.url));

/** A place in a file, counted from 0. */
export interface Place {
  line: number;
  character: number;
}

/** A message of the protocol, as far as it is needed here. */
interface Message {
  id?: number | string;
  method?: string;
  params?: unknown;
  result?: unknown;
  error?: { message: string };
}

/** A question without an answer yet. */
interface Waiting {
  resolve: (result: unknown) => void;
  reject: (error: Error) => void;
}

/** A running server. */
export class LanguageServer {
  readonly #process: ChildProcessByStdio<Writable, Readable, Readable>;
  readonly #ended: Promise<void>;
  readonly #waiting = new Map<unknown, Waiting>();
  #failed: Error | undefined;
  #received = Buffer.alloc(0);
  #asked = 0;

  private constructor(args: string[]) {
    const command = [`${top}/node_modules/typescript/bin/tsc`, ...args];
    this.#process = spawn(process.execPath, command, { cwd: top, stdio: "pipe" });
    this.#process.stdout.on("data", (bytes: Buffer) => this.#receive(bytes));
    // A pipe breaks when the process ends, which says why.
    this.#process.stdin.on("error", () => {});
    this.#ended = this.#end(text(this.#process.stderr));
  }

  /** Starts one, which ends with the test. */
  static async start(t: TestContext, args = ["--lsp", "--stdio"]): Promise<LanguageServer> {
    const server = new LanguageServer(args);
    t.after(() => server.#stop());
    const capabilities = { textDocument: { hover: { contentFormat: ["markdown"] } } };
    const rootUri = pathToFileURL(top).href;
    await server.#ask("initialize", { processId: process.pid, rootUri, capabilities });
    server.#send({ method: "initialized", params: {} });
    return server;
  }

  /** Opens a TypeScript file that is no file yet, in the tests' folder; gives its address. */
  open(name: string, text: string): string {
    const { href: uri } = pathToFileURL(`${top}/tests/node/${name}`);
    const textDocument = { uri, languageId: "typescript", version: 1, text };
    this.#send({ method: "textDocument/didOpen", params: { textDocument } });
    return uri;
  }

  /** What an editor shows at a place, as Markdown; `undefined` for nothing. */
  async hover(uri: string, position: Place): Promise<string | undefined> {
    const asked = this.#ask("textDocument/hover", { textDocument: { uri }, position });
    const hover = (await asked) as { contents: { value: string } } | null;
    return hover?.contents.value;
  }

  #ask(method: string, params: unknown): Promise<unknown> {
    if (this.#failed) return Promise.reject(this.#failed);
    const id = ++this.#asked;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#send({ id, method, params });
    });
  }

  #send(message: Message): void {
    const body = JSON.stringify({ jsonrpc: "2.0", ...message });
    this.#process.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  }

  #receive(bytes: Buffer): void {
    this.#received = Buffer.concat([this.#received, bytes]);
    for (;;) {
      const end = this.#received.indexOf("\r\n\r\n");
      if (end < 0) return;
      const header = this.#received.toString("latin1", 0, end);
      const next = end + 4 + Number(/Content-Length: (\d+)/i.exec(header)?.[1]);
      if (!(this.#received.length >= next)) return;
      const message: Message = JSON.parse(this.#received.toString("utf8", end + 4, next));
      this.#received = this.#received.subarray(next);
      this.#handle(message);
    }
  }

  #handle({ id, method, result, error }: Message): void {
    if (method !== undefined) {
      // A server asks its editor too, about settings: here are none.
      if (id !== undefined) this.#send({ id, result: null });
      return;
    }
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (error) waiting?.reject(new Error(`the language server says: ${error.message}`));
    else waiting?.resolve(result);
  }

  /** Waits for the end of the process; who still waits for an answer is told. */
  async #end(complaint: Promise<string>): Promise<void> {
    const [code, signal] = await once(this.#process, "close");
    const said = `${await complaint}${this.#received}`.trim();
    this.#failed = new Error(`the language server ended early (${signal ?? code}): ${said}`);
    for (const { reject } of this.#waiting.values()) reject(this.#failed);
  }

  async #stop(): Promise<void> {
    this.#send({ id: ++this.#asked, method: "shutdown" });
    this.#send({ method: "exit" });
    this.#process.stdin.end();
    await this.#ended;
  }
}
