// TypeScript's node16 knows no `require` of an ES module: types come by `resolution-mode`, values by `import()`.

// @ts-expect-error: TS1541 without it, and TS1479 where a value is imported: hence the recipe
import type { sign } from "tc3-edge";
import type { Iotvideo } from "tc3-edge/iotvideo/v20191126" with { "resolution-mode": "import" };

export type Refused = typeof sign;

export async function firstOrder(client: Iotvideo, ServiceId: string): Promise<string> {
  const { Data } = await client.DescribeStorageService({ ServiceId });
  return Data[0]?.OrderId ?? "";
}

async function main(): Promise<void> {
  const root = await import("tc3-edge");
  const iotvideo = await import("tc3-edge/iotvideo/v20191126");
  const refunds = await import("tc3-edge/refund");
  const signer = await import("tc3-edge/signer");
  const { suite } = await import("./suite.js");
  const results = await suite(
    { root, signer, iotvideo, refunds },
    JSON.parse(process.argv[2] ?? ""),
  );
  console.log(`suite ${JSON.stringify(results)}`);
}

main();
