/** A folder for what one test file builds: files run at the same time, and another one's build would empty a common one. */

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { type Served, serve } from "../../www/serve.ts";

/** Builds into such a folder and serves it; it goes when the server is closed. */
export async function serveBuilt(build: (outDir: string) => Promise<unknown>): Promise<Served> {
  const folder = await mkdtemp(path.join(tmpdir(), "tc3-edge-page-"));
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    await build(folder);
    const served = await serve(folder);
    const close = async () => {
      await served.close();
      await remove();
    };
    return { ...served, close };
  } catch (error) {
    await remove();
    throw error;
  }
}
