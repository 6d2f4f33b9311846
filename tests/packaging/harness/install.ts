/** Lays a project out in a clean folder, with its locked packages and the tarball. */

import { cp, readdir } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { type Ended, type Place, runToEnd } from "./command.ts";
import type { Project } from "./project.ts";

const suite = fileURLToPath(new URL("../suite", import.meta.url));

/** In milliseconds: several projects fetch hundreds of packages. */
const LIMIT = 300_000;

/** The locked packages could not be installed here: the row says nothing of the library then. */
export class NotRun extends Error {}

/** Copies the project `from` its place to the empty folder of `place`, and installs. */
export async function install(
  from: string,
  place: Place,
  project: Project,
  tarball: string,
): Promise<void> {
  const isSource = (file: string) => path.basename(file) !== "node_modules";
  await cp(from, place.folder, { recursive: true, filter: isSource });
  for (const file of await readdir(suite)) {
    await cp(path.join(suite, file), path.join(place.folder, file));
  }
  const quiet = ["--no-audit", "--no-fund", "--prefer-offline", "--loglevel=error"];
  const scripts = project.scripts ? [] : ["--ignore-scripts"];
  const locked = await npm(["ci", ...quiet, ...scripts], place).catch((late: Error) => {
    throw new NotRun(late.message);
  });
  if (locked.status !== 0) throw new NotRun(firstLines(locked.output));
  const packed = await npm(
    ["install", "--no-save", "--ignore-scripts", ...quiet, path.resolve(tarball)],
    place,
  );
  if (packed.status !== 0)
    throw new Error(`the tarball does not install\n${firstLines(packed.output)}`);
}

/** By the harness's own Node: a project may bring another, and may be what brings it. */
async function npm(args: string[], place: Place): Promise<Ended> {
  return runToEnd(["npm", ...args], { ...place, bare: true }, LIMIT);
}

/** npm says first what is wrong. */
function firstLines(text: string): string {
  return text
    .trim()
    .replaceAll(/^npm error /gm, "")
    .split("\n")
    .slice(0, 12)
    .join("\n");
}
