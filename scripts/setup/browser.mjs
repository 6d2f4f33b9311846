/** A Chromium for the tests that need a page. */

import { accessSync, constants } from "node:fs";
import path from "node:path";
import { askForInstall, hasApt, install, isRoot, refreshLists } from "./debian.mjs";
import { Stop } from "./stop.mjs";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const MAC = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";
/** The small font lets pictures of pages show Chinese text. */
const PACKAGES = ["chromium", "fonts-wqy-microhei"];

/**
 * The path of a Chromium, installed where it is missing; CHROMIUM names another one.
 * @returns {Promise<string>}
 */
export async function ensureBrowser() {
  const named = process.env.CHROMIUM;
  if (named) {
    if (isProgram(named)) return named;
    throw new Stop(
      `CHROMIUM is ${named}, and that is no program: set it to a Chromium, or not at all.`,
    );
  }
  const found = findBrowser();
  if (found) return found;
  if (!(await hasApt())) {
    throw new Stop("The browser tests need Chromium: install it, and set CHROMIUM to its path.");
  }
  if (!isRoot()) askForInstall("Chromium, which the browser tests need, is", PACKAGES);
  await refreshLists();
  await install(PACKAGES, "for the browser tests (a download of about 100 MB)");
  const installed = findBrowser();
  if (!installed)
    throw new Stop(
      "Debian's chromium is installed, but no program of it was found: set CHROMIUM to its path.",
    );
  return installed;
}

function findBrowser() {
  const folders = ["/usr/bin", ...(process.env.PATH ?? "").split(path.delimiter)];
  const candidates = NAMES.flatMap((name) => folders.map((folder) => path.join(folder, name)));
  return [...candidates, MAC].find(isProgram);
}

/** @param {string} file */
function isProgram(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
