/** The documents that the package carries, as text, and what stands in them. */

import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

export const top: string = fileURLToPath(new URL("../../..", import.meta.url));

/** Every document for users; `docs/api/` is generated from declarations, and has tests of its own. */
export const DOCUMENTS: string[] = [
  "README.md",
  "README.zh-CN.md",
  "SECURITY.md",
  "CONTRIBUTING.md",
  "ARCHITECTURE.md",
  "CHANGELOG.md",
  ...readdirSync(`${top}/docs`)
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name}`),
];

/** The text of a document. */
export function read(path: string): string {
  return readFileSync(`${top}/${path}`, "utf8");
}

/** The code blocks of a language, in order. */
export function blocks(text: string, language: string): string[] {
  const fence = new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, "gms");
  return [...text.matchAll(fence)].map(([, code = ""]) => code);
}

/** The npm commands that a text names. */
export function commands(text: string): string[] {
  const named = text.matchAll(/`npm ((?:run )?[a-z:]+)/g);
  return [...named].map(([, command = ""]) => command);
}

/** Where the links of a text lead. */
export function links(text: string): string[] {
  const prose = text.replace(/^```.*?^```$/gms, "");
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = ""]) => link);
}
