/** A folder for one test. */

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { TestContext } from "node:test";

/** Makes one, until the test ends; gives the path of a file in it. */
export async function temporaryFile(t: TestContext, name = "sandbox.db"): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), "tc3-edge-"));
  t.after(() => rm(folder, { recursive: true }));
  return path.join(folder, name);
}
