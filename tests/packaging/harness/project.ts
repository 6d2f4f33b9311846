/** What a folder of `rows/` says of itself: what is installed once, and the rows that are run on it. */

/** The default export of `rows/<project>/row.ts`. */
export interface Project {
  /** Whether install scripts run: some packages bring their program so. @default false */
  scripts?: boolean;
  rows: Row[];
}

/** One line of the table. */
export interface Row {
  /** What it is called on the command line, such as `node-24-esm`. */
  name: string;
  /** For people. */
  title: string;
  /** Whether it is run by `--quick`, and so by `npm test`. */
  quick?: true;
  /** Run one after the other; the first that fails fails the row. */
  build?: Command[];
  run: Process | Server | Page;
}

/**
 * A program and its arguments, run in the project's folder with its `node_modules/.bin` first on the path. In each
 * argument `{servers}` is the servers as JSON, `{sandbox}` and `{trouble}` their origins, `{port}` a free port and
 * `{node}` the Node that runs the harness. The servers stand in the environment too: `TC3_SERVERS`.
 */
export type Command = string[];

/** Prints one line that ends in `suite ` and the results as JSON, and ends. */
export interface Process {
  kind: "process";
  command: Command;
}

/** Listens on `{port}`; a POST of the servers as JSON is answered with the results as JSON. */
export interface Server {
  kind: "server";
  command: Command;
  /** @default "/" */
  path?: string;
}

/** A page that sets `globalThis.run`, a function from the servers to the results. */
export interface Page {
  kind: "page";
  /** Such as `/` or `/page.html`. */
  path: string;
  /** What is served, from the project's folder: a folder, or a program that listens on `{port}`. */
  from: { folder: string; policy?: string } | { command: Command };
}

/** The origins that a suite is given. */
export interface Servers {
  /** The sandbox: it answers as the service does. */
  sandbox: string;
  /** What answers late, never, or not as it should. */
  trouble: string;
}

/** One check of the suite, or one fact of the runtime. */
export interface Check {
  name: string;
  ok: boolean;
  ms: number;
  /** Why it failed. */
  detail?: string;
  /** For a fact: what the runtime does. It is always `ok`. */
  fact?: "yes" | "no" | "unknown";
}
