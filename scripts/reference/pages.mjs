/** Makes the pages of docs/api: one for each subpath of the package, and a table of contents. */

import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Application, PageEvent, TSConfigReader } from "typedoc";
import { root } from "../setup/run.mjs";
import { constants, servicePage, serviceReference } from "./service.mjs";
import { trim, undocumentedIn } from "./trim.mjs";

/** Above each page. */
const HEADER =
  "<!-- Made by `npm run reference` from the declarations in dist/; do not edit. -->\n\n";

/** How TypeDoc's plugin writes. */
const MARKDOWN = {
  outputFileStrategy: "modules",
  hidePageHeader: true,
  hideBreadcrumbs: true,
  hidePageTitle: true,
  useCodeBlocks: true,
  parametersFormat: "table",
  interfacePropertiesFormat: "table",
  classPropertiesFormat: "table",
  typeAliasPropertiesFormat: "table",
  typeDeclarationFormat: "table",
  typeDeclarationVisibility: "compact",
  expandObjects: true,
  tableColumnSettings: {
    hideInherited: true,
    hideModifiers: true,
    hideOverrides: true,
    hideSources: true,
    hideValues: true,
  },
};

/** A subpath of the package, such as `tc3-edge/signer`, and its declarations. */
/** @typedef {{ name: string, types: string }} Entry */

/** @returns {Promise<{ pages: Map<string, string>, undocumented: string[] }>} */
export async function makePages() {
  const entries = readEntries();
  const services = entries.filter(({ types }) => /generated\/[^-]+$/.test(types));
  const others = entries.filter(({ types }) => !types.includes("/generated/"));
  const shape = { name: "tc3-edge/SERVICE/VERSION/reference", types: "./dist/reference.d.ts" };
  const typed = [...others, shape];
  const { pages, undocumented } = await convert(typed);
  /** @type {[string, string][]} */
  const rows = typed.map(({ name }) => [name, firstSentence(pages.get(page(name)))]);
  for (const { name } of typed) pages.set(page(name), `# ${name}\n\n${pages.get(page(name))}`);
  for (const { name, types } of services) {
    const reference = await serviceReference(types);
    pages.set(page(name), servicePage(name, reference, await constants(types, reference)));
    rows.push([name, `${reference.actions.length} actions of ${reference.serviceName.en}`]);
  }
  pages.set("README.md", contents(rows));
  for (const [name, text] of pages) pages.set(name, `${HEADER}${text.trim()}\n`);
  return { pages, undocumented };
}

/** What package.json exports with declarations. */
function readEntries() {
  const { name, exports } = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8"));
  /** @type {Map<string, Entry>} */
  const entries = new Map();
  for (const [subpath, { types }] of Object.entries(exports)) {
    // Subpaths that differ only in how the module is loaded share their declarations.
    if (types && !entries.has(types))
      entries.set(types, { name: subpath.replace(/^\./, name), types });
  }
  return [...entries.values()];
}

/** @param {string} name */
function page(name) {
  return `${name.replace(/^tc3-edge\/?/, "").replaceAll("/", "-") || "index"}.md`;
}

/**
 * Has TypeDoc write the pages of these entries.
 * @param {Entry[]} entries
 */
async function convert(entries) {
  const out = mkdtempSync(path.join(tmpdir(), "tc3-edge-reference-"));
  const entryPoints = entries.map(({ types }) => path.join(root, types));
  const app = await Application.bootstrapWithPlugins(
    {
      entryPoints,
      out,
      tsconfig: path.join(import.meta.dirname, "tsconfig.json"),
      plugin: ["typedoc-plugin-markdown"],
      logLevel: "Error",
      readme: "none",
      disableSources: true,
      sort: ["kind", "alphabetical"],
      ...MARKDOWN,
    },
    [new TSConfigReader()],
  );
  const project = await app.convert();
  if (!project) throw new Error("the declarations could not be read: build the package first");
  for (const child of project.children ?? []) {
    const entry = entries.find(({ types }) => types.endsWith(`/${child.name}.d.ts`));
    child.name = page(entry?.name ?? "").replace(/\.md$/, "");
  }
  const undocumented = undocumentedIn(project);
  trim(project);
  /** @type {Map<string, string>} */
  const pages = new Map();
  app.renderer.on(PageEvent.END, ({ model, filename, contents }) => {
    if (model !== project) pages.set(path.basename(filename), withShortReferences(contents ?? ""));
  });
  await app.generateOutputs(project);
  rmSync(out, { recursive: true });
  return { pages, undocumented };
}

/**
 * What another page has is a line, not a heading each.
 * @param {string} text
 */
function withShortReferences(text) {
  const [own = "", references = ""] = text.split("## References\n");
  if (references === "") return text;
  const links = [...references.matchAll(/^Re-exports (.+)$/gm)].map(([, link]) => link);
  return `${own}## Also here\n\n${links.join(",\n")}\n`;
}

/** @param {[name: string, about: string][]} rows */
function contents(rows) {
  const lines = rows.map(([name, about]) => `| [${name}](${page(name)}) | ${about} |`);
  return `# API reference

What each subpath of the package exports. Hovering a name in an editor shows the same texts.

| import | what it has |
| --- | --- |
${lines.join("\n")}
`;
}

/** @param {string} [text] */
function firstSentence(text = "") {
  const [paragraph = ""] = text.split("\n\n");
  return paragraph
    .replaceAll("\n", " ")
    .replace(/(?<=\.) .*$/, "")
    .replace(/\.$/, "");
}
