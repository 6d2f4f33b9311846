/** Valgrind, which counts instructions. */

import { hasApt, install, isRoot, refreshLists } from "./debian.mjs";
import { attempt } from "./run.mjs";

/** Whether valgrind is there; installed where it can be. Without it nothing is wrong, only not counted. */
export async function ensureValgrind() {
  if (await isThere()) return true;
  if (!(await hasApt()) || !isRoot()) return false;
  await refreshLists();
  await install(["valgrind"], "to count instructions (a download of about 20 MB)");
  return isThere();
}

async function isThere() {
  return (await attempt("valgrind", ["--version"])).code === 0;
}
