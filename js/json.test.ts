/** The writer is exact or refuses with the path; the reader undoes the core's marks. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { ValidationError } from "./errors.ts";
import { readMarked, writeJson } from "./json.ts";

test("what JSON has is written as JSON.stringify would", () => {
  const values = [
    "",
    'é "\\\n\u2028😀',
    0,
    -0,
    1.5,
    1e300,
    -7,
    true,
    [],
    {},
    [null, [1]],
    { a: { b: [] } },
  ];
  for (const value of values) assert.equal(writeJson(value), JSON.stringify(value));
});

test("integers stay exact, and what is absent is left out", () => {
  assert.equal(writeJson({ n: 18446744073709551615n }), '{"n":18446744073709551615}');
  assert.equal(writeJson({ a: null, b: undefined, c: [null] }), '{"c":[null]}');
  assert.equal(writeJson(JSON.parse('{"__proto__":{"x":1}}')), '{"__proto__":{"x":1}}');
});

test("what JSON does not have is refused with its path", () => {
  const loop: { self?: unknown } = {};
  loop.self = loop;
  const cases: [value: unknown, path: string][] = [
    [undefined, "payload"],
    [{ a: [1, Number.NaN] }, "a[1]"],
    [{ a: { b: Number.POSITIVE_INFINITY } }, "a.b"],
    [{ n: 2 ** 53 }, "n"],
    [{ f() {} }, "f"],
    [{ s: Symbol("s") }, "s"],
    [{ m: new Map() }, "m"],
    [{ d: new Date(0) }, "d"],
    [{ b: new Uint8Array(1) }, "b"],
    [{ t: "\udc00" }, "t"],
    [{ l: [undefined] }, "l[0]"],
    [loop, "self"],
  ];
  for (const [value, path] of cases) {
    assert.throws(
      () => writeJson(value),
      (error) => error instanceof ValidationError && error.problems[0]?.path === path,
      path,
    );
  }
  assert.throws(
    () => writeJson([Number.NaN, Number.NaN]),
    (error) => error instanceof ValidationError && error.problems.length === 2,
  );
});

test("marks are undone, and a name is never the prototype", () => {
  const read = readMarked('{"a":"i-9007199254740993","__proto__":"si1","b":["s",1,null]}');
  const expected = JSON.parse('{"a":0,"__proto__":"i1","b":["",1,null]}');
  expected.a = -9007199254740993n;
  assert.deepEqual(read, expected);
});
