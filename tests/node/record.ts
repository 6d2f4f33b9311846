/**
 * Loaded before a suite by secrets.test.ts: keeps each error of this package, and each secret that is made on the way.
 * At the end it writes both where TC3_EDGE_RECORD says.
 */

import { createHmac } from "node:crypto";
import { writeFileSync } from "node:fs";
import { inspect } from "node:util";
import { everything, seen } from "./recorder.ts";

const { TC3_EDGE_RECORD = "", TC3_EDGE_TEST_KEY = "" } = process.env;
const secrets = new Set<string>();

// Each error of this package is branded when it is made.
const { defineProperty } = Object;
Object.defineProperty = (<T>(target: T, name: PropertyKey, descriptor: PropertyDescriptor) => {
  if (name === Symbol.for("tc3-edge.error")) seen(target);
  return defineProperty(target, name, descriptor);
}) as typeof defineProperty;

// Whatever leaves a module as text passes here; there the signatures are made, and the scopes of the keys stand.
const { decode } = TextDecoder.prototype;
TextDecoder.prototype.decode = function (...input) {
  const text = decode.apply(this, input);
  for (const [, signature = ""] of text.matchAll(/Signature=([0-9a-f]{64})/g))
    secrets.add(signature);
  for (const [, date = "", service = ""] of text.matchAll(
    /\/([\d-]{10})\/([\w.-]+)\/tc3_request/g,
  )) {
    let key: string | Buffer = `TC3${TC3_EDGE_TEST_KEY}`;
    for (const link of [date, service, "tc3_request"]) {
      key = createHmac("sha256", key).update(link).digest();
      secrets.add(key.toString("hex"));
      secrets.add(key.toString("base64"));
    }
  }
  return text;
};

/** A value in every way in which people and programs look at it. */
function shown(value: unknown): string {
  const ways = [
    () => inspect(value, { depth: 20, showHidden: true, getters: true, maxStringLength: null }),
    () => String(value),
    () => JSON.stringify(value),
    () => inspect(structuredClone(value), { depth: 20 }),
    () => (value instanceof Error ? String(value.stack) : ""),
  ];
  return ways.map((way) => attempt(way)).join("\n");
}

function attempt(way: () => string): string {
  try {
    return way();
  } catch {
    return "";
  }
}

process.once("exit", () => {
  const things = everything().map(shown);
  writeFileSync(TC3_EDGE_RECORD, JSON.stringify({ secrets: [...secrets], things }));
});
