/** Debian's packages: root gets them installed, anybody else gets the command to run. */

import { step } from "./progress.mjs";
import { attempt, run } from "./run.mjs";
import { Stop } from "./stop.mjs";

const INSTALL = ["install", "-y", "--no-install-recommends"];

/** Whether this system has apt. */
export async function hasApt() {
  return (await attempt("apt-get", ["--version"])).code === 0;
}

/**
 * Whether all of these packages are installed.
 * @param {string[]} names
 */
export async function areInstalled(names) {
  const format = "$" + "{db:Status-Status}\n";
  const { code, stdout } = await attempt("dpkg-query", [
    "--show",
    `--showformat=${format}`,
    ...names,
  ]);
  return (
    code === 0 &&
    stdout.split("\n").filter((status) => status === "installed").length === names.length
  );
}

/**
 * The command that a person runs to install packages.
 * @param {string[]} names
 */
export function installCommand(names) {
  return `sudo apt-get update && sudo apt-get ${INSTALL.join(" ")} ${names.join(" ")}`;
}

/** Reads the package lists anew; only root can. */
export async function refreshLists() {
  await step("reading Debian's package lists", () => run("apt-get", ["update", "-qq"]));
}

/**
 * Installs packages as root, after `refreshLists`.
 * @param {string[]} names
 * @param {string} why
 */
export async function install(names, why) {
  await step(`installing Debian's ${names.join(", ")} ${why}`, () =>
    run("apt-get", ["-o", "DPkg::Lock::Timeout=120", ...INSTALL, ...names], {
      env: { DEBIAN_FRONTEND: "noninteractive" },
    }),
  );
}

export function isRoot() {
  return process.getuid?.() === 0;
}

/**
 * Stops with the command that only an administrator can run.
 * @param {string} what
 * @param {string[]} names
 * @returns {never}
 */
export function askForInstall(what, names) {
  throw new Stop(
    `${what} missing, and only root may install it. Run this, then the same command again:\n\n` +
      `  ${installCommand(names)}`,
  );
}
