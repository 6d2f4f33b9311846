/** What the documents lead to exists, in the packed package too, and so do the commands that they name. */

import assert from "node:assert/strict";
import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { commands, DOCUMENTS, links, read, top } from "./documents.ts";

const { files, scripts } = JSON.parse(read("package.json"));

/** Whether the package carries a file. */
function isPacked(file: string): boolean {
  return ["package.json", ...files].some((name) => file === name || file.startsWith(`${name}/`));
}

/** The anchors of a document's headings. */
function anchors(text: string): string[] {
  const headings = [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) => heading);
  return headings.map((heading) =>
    heading
      .toLowerCase()
      .replace(/[^\p{Letter}\p{Number}\- ]/gu, "")
      .replaceAll(" ", "-"),
  );
}

test("each document is packed", () => {
  assert.deepEqual(
    DOCUMENTS.filter((document) => !isPacked(document)),
    [],
  );
});

test("each link leads to a file of the package, and to a heading that is there", () => {
  for (const document of DOCUMENTS) {
    for (const link of links(read(document))) {
      if (/^https:\/\//.test(link)) continue;
      const [file = "", anchor] = link.split("#");
      const target = file === "" ? document : path.posix.join(path.posix.dirname(document), file);
      assert(isPacked(target) && existsSync(`${top}/${target}`), `${document} leads to ${link}`);
      if (anchor === undefined) continue;
      assert(anchors(read(target)).includes(anchor), `${document} leads to ${link}`);
    }
  }
});

test("the API reference leads to its own pages", () => {
  const pages = readdirSync(`${top}/docs/api`);
  for (const page of pages) {
    const targets = links(read(`docs/api/${page}`)).map((link) => link.split("#")[0] ?? "");
    for (const target of targets.filter((one) => one !== ""))
      assert(existsSync(`${top}/docs/api/${target}`), `${page} leads to ${target}`);
  }
});

test("each command that is named exists", () => {
  const known = [...Object.keys(scripts), "install", "pack", "ci"];
  for (const document of DOCUMENTS) {
    for (const command of commands(read(document))) {
      const name = command.replace(/^run /, "");
      assert(known.includes(name), `${document} names npm ${command}`);
      const own = ["start", "test"].includes(name) || !(name in scripts);
      assert.equal(command.startsWith("run "), !own, `${document}: npm ${command}`);
    }
  }
});
