/** Of Node's modules, what the package uses: it is compiled without Node's types (tsconfig.json). */

export class AsyncLocalStorage<T> {
  run<R>(store: T, work: () => R): R;
  getStore(): T | undefined;
}
export function subscribe(name: string, told: (message: unknown) => void): void;

export interface FileHandle {
  read(
    into: Uint8Array,
    offset: number,
    length: number,
    position: number,
  ): Promise<{ bytesRead: number }>;
  write(bytes: Uint8Array): Promise<{ bytesWritten: number }>;
  writeFile(text: string): Promise<void>;
  stat(): Promise<Stats>;
  sync(): Promise<void>;
  close(): Promise<void>;
}
export interface Stats {
  isFile(): boolean;
}
export function open(path: string, flags: string, mode?: number): Promise<FileHandle>;
export function readFile(file: string, encoding: "utf8"): Promise<string>;
export function stat(path: string): Promise<Stats>;
export function realpath(path: string): Promise<string>;
export function link(from: string, to: string): Promise<void>;
export function unlink(path: string): Promise<void>;
export function mkdir(path: string): Promise<unknown>;
export function rmdir(path: string): Promise<void>;

export function homedir(): string;
export function hostname(): string;
export function dirname(path: string): string;
export function join(...parts: string[]): string;

export const env: Record<string, string | undefined>;
declare const process: {
  readonly pid: number;
  readonly platform: string;
  kill(pid: number, signal: 0): true;
};
export default process;
