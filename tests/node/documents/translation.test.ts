/** The Chinese README says the same as the English one: the same code, commands, links and sections. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { blocks, commands, links, read } from "./documents.ts";

const english = read("README.md");
const chinese = read("README.zh-CN.md");

test("both name each other", () => {
  assert(links(english).includes("README.zh-CN.md"));
  assert(links(chinese).includes("README.md"));
});

test("both hold the same code", () => {
  for (const language of ["ts", "sh"]) {
    assert.deepEqual(blocks(chinese, language), blocks(english, language));
  }
});

test("both name the same commands and options", () => {
  assert.deepEqual(commands(chinese), commands(english));
  const spans = (text: string) => [...text.matchAll(/`[^`\n]+`/g)].map(([span]) => span).sort();
  assert.deepEqual(spans(chinese), spans(english));
});

test("both lead to the same places, in sections of the same order", () => {
  const others = (text: string) => links(text).filter((link) => !link.startsWith("README"));
  assert.deepEqual(others(chinese), others(english));
  const levels = (text: string) => [...text.matchAll(/^#+ /gm)].map(([level]) => level);
  assert.deepEqual(levels(chinese), levels(english));
});
