/** Of Node's modules, what `node.ts` and `machine.ts` use: the package is compiled without Node's types (tsconfig.json). */

export class AsyncLocalStorage<T> {
  run<R>(store: T, work: () => R): R;
  getStore(): T | undefined;
}
export function subscribe(name: string, told: (message: unknown) => void): void;
export function readFile(file: string, encoding: "utf8"): Promise<string>;
export function homedir(): string;
export function join(...parts: string[]): string;
export const env: Record<string, string | undefined>;
