/** A session that is kept call by call, so that it can be made again: what was answered then must be answered again. */

import type { SandboxAnswer, SandboxRequest, SandboxWasm } from "./engine.ts";

/** A call, at a time of the host's clock in milliseconds since 1970. */
interface CallStep {
  at: number;
  /** Its body in base64. */
  call: Omit<SandboxRequest, "body"> & { body: string };
  answer: string;
}

/** What a tester asked for. */
interface CommandStep {
  at: number;
  command: string;
  members: object;
  answer: string;
}

/** What happened. */
export type Step = CallStep | CommandStep;

/** A session. It holds the keys of its sandbox, and nobody else's. */
export interface Recording {
  /** What the sandbox was started with. */
  options: object;
  /** Its state when the session began. */
  state: object;
  steps: Step[];
}

/** A step that was answered otherwise. */
export interface Difference {
  /** From 0. */
  step: number;
  /** What was answered when it was recorded. */
  recorded: string;
  /** What is answered now. */
  replayed: string;
}

/** Keeps one session at a time. */
export class Recorder {
  #recording: Recording | undefined;

  begin(options: object, state: string): void {
    this.#recording = { options, state: JSON.parse(state), steps: [] };
  }

  /** The session so far; it ends. */
  end(): Recording {
    const recording = this.#recording;
    this.#recording = undefined;
    if (recording === undefined) throw new Error("nothing is recorded: begin it by `record`");
    return recording;
  }

  /** Whose signature was not accepted is not kept: it may be of a key that is real. */
  keepCall(at: number, request: SandboxRequest, { body, note }: SandboxAnswer): void {
    if (note.account === "") return;
    const call = { ...request, body: toBase64(request.body) };
    this.#recording?.steps.push({ at, call, answer: body });
  }

  keepCommand(at: number, command: string, members: object, answer: string): void {
    this.#recording?.steps.push({ at, command, members, answer });
  }
}

/** Makes a session again in a sandbox of its own, and gives what is answered otherwise. */
export function replay({ SandboxModule }: SandboxWasm, recording: Recording): Difference[] {
  const sandbox = new SandboxModule(JSON.stringify(recording.options));
  sandbox.restore(JSON.stringify(recording.state));
  const found: Difference[] = [];
  for (const [step, made] of recording.steps.entries()) {
    const replayed = "call" in made ? answered(sandbox, made) : controlled(sandbox, made);
    if (replayed !== made.answer) found.push({ step, recorded: made.answer, replayed });
  }
  return found;
}

type Module = InstanceType<SandboxWasm["SandboxModule"]>;

function answered(sandbox: Module, { at, call }: CallStep): string {
  const { method, target, headers, body } = call;
  const [answer = ""] = sandbox.handle(method, target, headers, fromBase64(body), at);
  return JSON.parse(answer).body;
}

function controlled(sandbox: Module, { at, command, members }: CommandStep): string {
  const [answer = ""] = sandbox.control(command, JSON.stringify(members), at);
  return answer;
}

function toBase64(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
}

function fromBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}
