/** A client of a page's sandbox, and what it buys. */

import { Iotvideo } from "tc3-edge/iotvideo/v20191126";
import { DEFAULT_ACCOUNT } from "../../../sandbox/hosts/engine.ts";
import type { PageSandbox } from "../../../sandbox/hosts/page.ts";

export const PURCHASE = {
  PkgId: "yc1m3d",
  Tid: "camera-1",
  OrderCount: 2,
  StorageRegion: "ap-guangzhou",
} as const;

/** It takes no second try, so that a fault is seen. */
export function clientOf({ fetch }: PageSandbox): Iotvideo {
  const { secretId, secretKey } = DEFAULT_ACCOUNT;
  return new Iotvideo({
    credential: { secretId, secretKey },
    region: "ap-guangzhou",
    fetch,
    allowKeyInPage: true,
    allowDirectFromPage: true,
    retry: { tries: 1 },
  });
}
