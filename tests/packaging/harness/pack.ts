/** Makes the tarball that every row installs. */

import { execFile } from "node:child_process";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const root = fileURLToPath(new URL("../../..", import.meta.url));

/** Packs what is built into `folder`, and gives the file. */
export async function pack(folder: string): Promise<string> {
  const args = ["pack", "--json", "--ignore-scripts", "--pack-destination", folder];
  const { stdout } = await promisify(execFile)("npm", args, { cwd: root });
  const said: unknown = JSON.parse(stdout);
  // npm 11 gives a list, later ones an object by names.
  const [packed] = Object.values(said as Record<string, { filename: string }>);
  if (packed === undefined) throw new Error(`npm pack said ${stdout}`);
  return path.join(folder, packed.filename);
}
