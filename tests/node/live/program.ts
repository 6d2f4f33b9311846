/** The program that refunds at the real service, as a process that talks to a sandbox. */

import assert from "node:assert/strict";
import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { EventEmitter, once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { TestContext } from "node:test";
import { Iotvideo } from "tc3-edge/iotvideo/v20191126";
import { DEFAULT_ACCOUNT } from "../../../sandbox/hosts/engine.ts";
import { type SandboxServer, serveSandbox } from "../../../sandbox/hosts/node.ts";

const { secretId, secretKey } = DEFAULT_ACCOUNT;
export const KEYS = { TENCENTCLOUD_SECRET_ID: secretId, TENCENTCLOUD_SECRET_KEY: secretKey };
const ROOT = new URL("../../../", import.meta.url).pathname;

/** A process that runs. */
export class Program {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #ended: Promise<unknown[]>;
  /** Told of each output, and of the end. */
  readonly #heard = new EventEmitter();
  #isOver = false;
  stdout = "";
  stderr = "";

  constructor(command: string[], env: NodeJS.ProcessEnv) {
    const { TENCENTCLOUD_TOKEN, TENCENTCLOUD_SESSION_TOKEN, ...inherited } = process.env;
    this.#child = spawn(process.execPath, command, { cwd: ROOT, env: { ...inherited, ...env } });
    this.#child.stdout.setEncoding("utf8").on("data", (text) => {
      this.stdout += text;
      this.#heard.emit("more");
    });
    this.#child.stderr.setEncoding("utf8").on("data", (text) => {
      this.stderr += text;
      this.#heard.emit("more");
    });
    this.#ended = once(this.#child, "close");
    this.#child.once("close", () => {
      this.#isOver = true;
      this.#heard.emit("more");
    });
  }

  /** Waits for a text, on either stream. */
  async says(text: string): Promise<void> {
    while (!(this.stdout + this.stderr).includes(text)) {
      assert(!this.#isOver, `it ended without "${text}":\n${this.stdout}${this.stderr}`);
      await once(this.#heard, "more");
    }
  }

  /** Types a line, or ends the input. */
  type(line: string | undefined): void {
    if (line === undefined) this.#child.stdin.end();
    else this.#child.stdin.write(`${line}\n`);
  }

  interrupt(): void {
    this.#child.kill("SIGINT");
  }

  /** Its exit status, once it has ended; the secret key is in nothing that it said. */
  async ends(): Promise<number> {
    const [status] = await this.#ended;
    assert(!(this.stdout + this.stderr).includes(secretKey), "it shows the secret key");
    return status as number;
  }
}

/** A sandbox with a service of three orders, and a journal of its own. */
export class Scene {
  readonly sandbox: SandboxServer;
  readonly client: Iotvideo;
  readonly journal: string;
  /** Emits the action of each call that was answered. */
  readonly answered: EventEmitter;
  ServiceId = "";
  orders: string[] = [];

  private constructor(sandbox: SandboxServer, answered: EventEmitter, folder: string) {
    this.sandbox = sandbox;
    this.answered = answered;
    this.journal = path.join(folder, "refunds.journal");
    const credential = { secretId, secretKey };
    this.client = new Iotvideo({ credential, region: "ap-guangzhou", endpoint: sandbox.url });
  }

  static async start(t: TestContext): Promise<Scene> {
    const answered = new EventEmitter();
    const sandbox = await serveSandbox({ onCall: ({ action }) => answered.emit(action) });
    t.after(() => sandbox.close());
    const folder = await mkdtemp(path.join(tmpdir(), "tc3-edge-live-"));
    t.after(() => rm(folder, { recursive: true }));
    const scene = new Scene(sandbox, answered, folder);
    await scene.buy();
    return scene;
  }

  async buy(): Promise<void> {
    const purchase = { PkgId: "yc1m3d", Tid: "camera-1", StorageRegion: "ap-guangzhou" };
    const bought = await this.client.CreateStorageService({ ...purchase, OrderCount: 3 });
    this.ServiceId = bought.ServiceId;
    this.orders = bought.Data.map(({ OrderId }) => OrderId);
  }

  /** Starts the program for this service; each option in one text. */
  run(options: string[] = [], env: NodeJS.ProcessEnv = KEYS): Program {
    return new Program(["--import", "tsx", "scripts/live.ts", ...this.args(options)], env);
  }

  args(options: string[] = []): string[] {
    const { ServiceId, journal, sandbox } = this;
    const all = [`--service-id=${ServiceId}`, `--journal=${journal}`, `--endpoint=${sandbox.url}`];
    return ["--live", ...all, ...options];
  }

  /** Makes the next refunds fail in this way. */
  async fault(when: "before" | "after", effect: unknown = "cut"): Promise<void> {
    const action = "RefundStorageService";
    await this.sandbox.control("addFault", { effect, action, when, count: 1 });
  }

  /** The orders that were refunded, as the ledger has them. */
  async refunded(): Promise<string[]> {
    const what = ["returnedToPool", "madeVoid"];
    const lines = (await this.sandbox.ledger()).filter((line) => what.includes(line.what));
    return lines.map(({ orderId }) => orderId ?? "");
  }

  /** How many calls of an action arrived, refused ones too. */
  async calls(action = "RefundStorageService"): Promise<number> {
    const lines = await this.sandbox.ledger({ attempts: true });
    return lines.filter((line) => line.what === "attempted" && line.action === action).length;
  }
}
