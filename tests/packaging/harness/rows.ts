/** Finds the projects, and the rows that were asked for. */

import { readdir } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { Project } from "./project.ts";

const rows = fileURLToPath(new URL("../rows", import.meta.url));

/** A project, and where it is. */
export interface Found extends Project {
  name: string;
  folder: string;
}

/** The projects with only those rows that are named, by their project's name or their own. */
export async function findProjects(names: string[], quick: boolean): Promise<Found[]> {
  const all = await Promise.all((await readdir(rows)).sort().map(load));
  const known = new Set(all.flatMap(({ name, rows }) => [name, ...rows.map((row) => row.name)]));
  const unknown = names.filter((name) => !known.has(name));
  if (unknown.length > 0) throw new Error(`no such row: ${unknown.join(", ")} (see --list)`);
  return all
    .map((project) => ({
      ...project,
      rows: project.rows.filter(
        (row) =>
          (!quick || row.quick) &&
          (names.length === 0 || names.includes(project.name) || names.includes(row.name)),
      ),
    }))
    .filter((project) => project.rows.length > 0);
}

async function load(name: string): Promise<Found> {
  const folder = path.join(rows, name);
  const url = pathToFileURL(path.join(folder, "row.ts")).href;
  const { default: project } = (await import(url)) as { default: Project };
  return { ...project, name, folder };
}
