/** A Worker that signs as often as it is asked to. Its clock stands still meanwhile, so it is timed from outside. */

import sdk from "tencentcloud-sdk-nodejs-common/tencentcloud/common/sign.js";
import { ways } from "./ways.ts";

// Node hands over the whole of a CommonJS module as `default`, and so does the bundler.
const { default: Sign } = sdk;
const contentType = "application/json; charset=utf-8";
const payload = { ServiceId: "s-00001", OrderId: "1" };
const sdkInput = {
  method: "POST" as const,
  url: "https://iotvideo.tencentcloudapi.com/",
  payload,
  timestamp: 1_767_225_600,
  service: "iotvideo",
  secretId: "bench-id",
  secretKey: "bench-key",
  multipart: false,
  boundary: "",
  headers: { "Content-Type": contentType },
};
const all = {
  ...ways,
  // As its request does, which writes the JSON text a second time.
  "SDK sign3": () => ({ Authorization: Sign.sign3(sdkInput), body: JSON.stringify(payload) }),
};

export default {
  async fetch({ url }: Request): Promise<Response> {
    const { searchParams } = new URL(url);
    const way = all[searchParams.get("way") as keyof typeof all];
    if (way === undefined) return Response.json(Object.keys(all));
    for (let calls = Number(searchParams.get("calls")); calls > 0; calls -= 1) {
      const made: unknown = way();
      if (made instanceof Promise) await made;
    }
    return new Response();
  },
};
