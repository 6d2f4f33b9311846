/** What an editor shows of the service version, by TypeScript's own language server: one text in both languages. */

import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { reference } from "tc3-edge/iotvideo/v20191126/reference";
import type { ReferenceField, Texts } from "../../dist/reference.js";
import { LanguageServer } from "./language-server.ts";

const HEAD = `import * as v from "tc3-edge/iotvideo/v20191126";
declare const iotvideo: v.Iotvideo;
declare function of<T>(): T;`;

/** What is shown at the mark `^` of each line of code: code, and the text beneath it. */
async function hovers(t: TestContext, lines: string[]): Promise<[code: string, text: string][]> {
  const server = await LanguageServer.start(t);
  const uri = server.open("hover.ts", [HEAD, ...lines].join("\n").replaceAll("^", ""));
  const first = HEAD.split("\n").length;
  const asked = lines.map(async (line, at): Promise<[string, string]> => {
    const hover = await server.hover(uri, { line: first + at, character: line.indexOf("^") });
    const [, code = "", text = ""] = /^```typescript\n(.*?)\n```\n?(.*)$/s.exec(hover ?? "") ?? [];
    return [code, text];
  });
  return Promise.all(asked);
}

test("hovering shows what a name is, in both languages, once", async (t) => {
  const expected: [line: string, code: RegExp, text: RegExp][] = [
    [
      'iotvideo.^RefundStorageService({ ServiceId: "s" });',
      /\(request: v\.RefundStorageServiceRequest\): Promise<v\.RefundStorageServiceResponse>$/,
      /^Refund a purchased cloud storage service or one of its orders\. 退订一项已购云存储，或仅退其中某笔订单\n\n(- .+\n)+- At most 40 calls a second\. 每秒至多 40 次$/,
    ],
    [
      "iotvideo.^CreateStorage;",
      /^\(method\) Iotvideo<"auto">\.CreateStorage</,
      /^Buy a storage plan .+ 购买云存套餐（[^@]+@deprecated\* — The service has withdrawn it\. 该接口已弃用$/,
    ],
    [
      'iotvideo.RefundStorageService({ ^OrderId: "o", ServiceId: "s" });',
      /^\(property\) RefundStorageServiceRequest\.OrderId\?: string$/,
      /^Sub-order to refund; .+ 要退的子订单，不填则全退\n\nLeft out: .+ 不填：退订该服务的全部子订单$/,
    ],
    [
      '(await iotvideo.DescribeStorageService({ ServiceId: "s" })).^Status;',
      /^\(property\) DescribeStorageServiceResponse\.Status: /,
      /^Service state: .+ 服务状况：.+\n\nValues, named in `StorageServiceStatus`: 取值：\n(- `\d`: .+\. .+\n?){4}$/,
    ],
    ["v.StorageOrderStatus.^Refunded;", /Refunded: 5$/, /^refunded\. 已退订$/],
    [
      "v.^StorageOrderStatus;",
      /^const StorageOrderStatus: \{\n/,
      /^Order state: 1 in use, .+\. 订单：1在用，.+$/,
    ],
    [
      "of<v.^StorageOrderStatus>();",
      /^type StorageOrderStatus = /,
      /^Order state: 1 in use, .+\. 订单：1在用，.+$/,
    ],
  ];
  const found = await hovers(
    t,
    expected.map(([line]) => line),
  );
  for (const [at, [code, text]] of found.entries()) {
    const [, shown = /^$/, said = /^$/] = expected[at] ?? [];
    assert.match(code, shown);
    assert.match(text, said);
    const lines = text.split("\n").filter((line) => line !== "");
    assert.deepEqual(lines, [...new Set(lines)], "a line stands twice");
  }
});

test("every action, field and constant says in both languages what it is", async (t) => {
  const { structures, actions } = reference;
  const expected = new Map<string, Texts>();
  const add = (owner: string, side: string, fields: ReferenceField[]) => {
    for (const { name, doc, values = [], valuesName = owner + name } of fields) {
      expected.set(`of<v.${owner}${side}>().^${name};`, doc);
      for (const { value, name = value, en, zh } of values) {
        expected.set(`v.${valuesName}.^${name};`, { en, zh });
      }
    }
  };
  for (const { name, doc, fields } of structures) {
    expected.set(`of<v.^${name}>();`, doc);
    add(name, "", fields);
  }
  for (const { name, doc, input, output } of actions) {
    expected.set(`iotvideo.^${name};`, doc);
    add(name, "Request", input);
    add(name, "Response", output);
    const en = "The service's id of this request; quote it to its support";
    expected.set(`of<v.${name}Response>().^RequestId;`, { en, zh: "请求编号，报障时提供" });
  }
  assert.equal(actions.length, 68);
  const lines = [...expected.keys()];
  for (const [at, [, text]] of (await hovers(t, lines)).entries()) {
    const line = lines[at] ?? "";
    const { en, zh } = expected.get(line) as Texts;
    assert.match(en, /[a-z]/i, line);
    // A product's name has no character of its own, but Chinese brackets.
    assert.match(zh, /[\p{Script=Han}（]/u, line);
    const [first, ...more] = text.split("\n");
    assert.equal(first, `${en}. ${zh}`, line);
    assert(!more.includes(first), `${line} says it twice`);
  }
});

test("a language server that ends early is no riddle", async (t) => {
  const start = LanguageServer.start(t, ["--nonsense"]);
  await assert.rejects(start, /^Error: the language server ended early \(1\): .*nonsense/);
});
