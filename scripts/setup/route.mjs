/** The way from Rust to wasm32: rustup's target, or Debian's compiler with the standard library as source. */

import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import {
  areInstalled,
  askForInstall,
  hasApt,
  install,
  installCommand,
  isRoot,
  refreshLists,
} from "./debian.mjs";
import { step } from "./progress.mjs";
import { attempt, root } from "./run.mjs";
import { minimumRust, RUSTUP_TIMEOUT } from "./rust.mjs";
import { Stop } from "./stop.mjs";
import { atLeast } from "./version.mjs";

const TARGET = "wasm32-unknown-unknown";
const ADD_TARGET = ["target", "add", TARGET];
const COMPILER = ["rustc-web", "cargo-web", "rust-web-src"];
/** What xtask leaves where it built by the fallback (xtask/src/build/route.rs). */
const BUILT_BY_DEBIAN = "target/wasm-debian";
/** The oldest lld of Debian that links what its compiler makes. */
const OLDEST_LLD = 19;

/** @typedef {"rustup" | "debian"} Route */

/**
 * Finds a route, or installs what one needs: rustup's target first, Debian's packages as the fallback. Where the
 * fallback has built before, it serves again, so that not each start waits for a server that is out of reach.
 * TC3_EDGE_ROUTE asks for one of the two.
 * @param {string} [wanted]
 * @returns {Promise<Route>}
 */
export async function ensureRoute(wanted = process.env.TC3_EDGE_ROUTE) {
  if (wanted && wanted !== "rustup" && wanted !== "debian") {
    throw new Stop(`TC3_EDGE_ROUTE is ${wanted}: set it to rustup or debian, or not at all.`);
  }
  const rustup = wanted !== "debian";
  const debian = wanted !== "rustup";
  if (rustup && (await hasTarget())) return "rustup";
  const debianThere = debian && (await hasDebian());
  if (debianThere && existsSync(path.join(root, BUILT_BY_DEBIAN))) return "debian";
  if (rustup && (await addTarget())) return "rustup";
  if (debianThere) return "debian";
  if (debian && (await hasApt())) {
    await installDebian();
    return "debian";
  }
  throw new Stop(noRoute(wanted));
}

async function hasTarget() {
  const { code, stdout } = await attempt("rustc", ["--print", "target-libdir", "--target", TARGET]);
  return code === 0 && existsSync(stdout.trim());
}

async function addTarget() {
  if ((await attempt("rustup", ["--version"])).code !== 0) return false;
  const added = await step(
    `trying to add rustup's target ${TARGET}`,
    () => attempt("rustup", ADD_TARGET, { timeout: RUSTUP_TIMEOUT }),
    ({ code }) => (code === 0 ? "" : "not possible here"),
  );
  return added.code === 0 && (await hasTarget());
}

async function hasDebian() {
  return installedLld() !== undefined && (await areInstalled(COMPILER));
}

async function installDebian() {
  if (!isRoot()) {
    const lld = (await knownLld()) ?? '"$(apt-cache pkgnames lld- | sort -V | tail -n 1)"';
    askForInstall("Debian's compiler for WebAssembly is", [...COMPILER, lld]);
  }
  await refreshLists();
  const lld = await knownLld();
  if (!lld)
    throw new Stop(
      `Debian's packages have no lld of version ${OLDEST_LLD} or newer.\n\n${noRoute()}`,
    );
  await install([...COMPILER, lld], "(the compiler for WebAssembly)");
  const { stdout } = await attempt("/usr/bin/rustc", ["--version"]);
  if (!atLeast(stdout, minimumRust())) {
    throw new Stop(
      `Debian's compiler is too old (${stdout.trim()}, ${minimumRust()} is needed).\n\n${noRoute("rustup")}`,
    );
  }
}

function installedLld() {
  return existsSync("/usr/bin") ? newestLld(readdirSync("/usr/bin"), "wasm-ld-") : undefined;
}

async function knownLld() {
  const { stdout } = await attempt("apt-cache", ["pkgnames", "lld-"]);
  return newestLld(stdout.split("\n"), "lld-");
}

/**
 * The name with the highest version, if that is new enough.
 * @param {string[]} names
 * @param {string} prefix
 */
export function newestLld(names, prefix) {
  const versions = names
    .filter((name) => name.startsWith(prefix))
    .map((name) => name.slice(prefix.length))
    .filter((version) => /^\d+$/.test(version))
    .map(Number);
  const newest = Math.max(0, ...versions);
  return newest >= OLDEST_LLD ? `${prefix}${newest}` : undefined;
}

/**
 * What to say where nothing worked.
 * @param {string} [wanted]
 */
function noRoute(wanted) {
  const rustup = `  with rustup:  rustup ${ADD_TARGET.join(" ")}`;
  const debian = `  with Debian:  ${installCommand([...COMPILER, "lld-22"])}`;
  const ways = wanted === "rustup" ? [rustup] : wanted === "debian" ? [debian] : [rustup, debian];
  return [
    `There is no compiler for WebAssembly. Run ${wanted ? "this" : "one of these"}, then the same command again:`,
    "",
    ...ways,
  ].join("\n");
}
