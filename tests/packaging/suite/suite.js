/**
 * What has to hold in every runtime. It takes the library as a parameter and needs nothing else, so that it runs where
 * the library runs; what it asks of the platform is `fetch`, timers and `crypto.randomUUID`.
 */

import { expect, rejection, run } from "./suite-checks.js";
import { faults } from "./suite-faults.js";
import { LATE, troubleOf } from "./suite-trouble.js";

/**
 * @typedef {object} Library
 * @property {typeof import("tc3-edge")} root
 * @property {typeof import("tc3-edge/signer")} signer
 * @property {typeof import("tc3-edge/iotvideo/v20191126")} iotvideo
 * @property {typeof import("tc3-edge/refund")} refunds
 *
 * @typedef {{ sandbox: string, trouble: string }} Servers origins
 *
 * @typedef {object} Check
 * @property {string} name
 * @property {boolean} ok
 * @property {number} ms
 * @property {string} [detail] why it failed
 * @property {"yes" | "no" | "unknown"} [fact] what the runtime does
 */

const credential = { secretId: "sandbox-secret-id", secretKey: "sandbox-secret-key" };
const region = "ap-guangzhou";
const IOTVIDEO = { service: "iotvideo", version: "2019-11-26" };

/** Of the test vectors, `pj-11`: as the official Python SDK signed it. */
const VECTOR = {
  credential: { secretId: "FAKE-SECRET-ID-0001", secretKey: "fake-secret-key-for-tests-0001" },
  request: {
    ...IOTVIDEO,
    region,
    action: "RefundStorageService",
    timestamp: 1709208000,
    signedHeaders: /** @type {const} */ ("sdk"),
    contentType: "application/json",
    payload: '{"ServiceId": "fake-service-0001"}',
  },
  hashedPayload: "86c939e66fd00e8aded48e0b90abba9e6a6ad7a9794f6eb798d3930eb99b61fb",
  signature: "f8ba62ce912cd884b04fafdfcd207757531e25ed73b021daefc6a5fc1e6ca7a8",
};

/** A number that a double cannot hold. */
const WIDE = 9007199254740993n;

/** What a hung call is given, in milliseconds. */
const TIMEOUT = 300;

/**
 * Runs every check and finds every fact, one after the other.
 *
 * @param {Library} library
 * @param {Servers} servers
 * @param {Partial<import("tc3-edge").ClientOptions>} [options] further options of the clients
 * @returns {Promise<Check[]>}
 */
export async function suite({ root, signer, iotvideo, refunds }, servers, options = {}) {
  /** @param {string} endpoint */
  const clientOf = (endpoint) => ({ ...options, credential, region, endpoint });
  const client = new root.Client(clientOf(servers.sandbox));
  const typed = new iotvideo.Iotvideo(clientOf(servers.sandbox));
  const troubled = new iotvideo.Iotvideo(clientOf(servers.trouble));
  const trouble = troubleOf(servers.trouble);

  /** @type {Check["fact"][]} */
  const known = [];

  /** @type {Record<string, () => unknown>} */
  const checks = {
    "a known signature, with no init call": () => {
      for (const { sign } of [signer, root]) {
        const { headers } = sign(VECTOR.credential, VECTOR.request);
        expect(headers.Authorization?.endsWith(`Signature=${VECTOR.signature}`), headers);
      }
    },

    "verify tells a right request from a changed one": () => {
      const call = { ...IOTVIDEO, region, action: "DescribeStorageService", payload: { A: 1 } };
      const signed = signer.sign(credential, call);
      expect(signer.verify(credential, signed).ok);
      const { ok, problems } = signer.verify(credential, { ...signed, body: '{"A":2}' });
      expect(!ok && problems[0]?.check === "signature", problems);
    },

    "explain gives every step": () => {
      const steps = signer.explain(VECTOR.credential, VECTOR.request);
      expect(steps.hashedPayload === VECTOR.hashedPayload, steps.hashedPayload);
      expect(steps.stringToSign.endsWith(steps.hashedCanonicalRequest), steps.stringToSign);
      expect(steps.signature === VECTOR.signature, steps.signature);
    },

    "a signed Request, by a module that loads on demand": async () => {
      const headers = { "Content-Type": "application/json" };
      const request = new Request(servers.sandbox, { method: "POST", headers, body: "{}" });
      const input = { ...IOTVIDEO, region, action: "DescribeStorageService" };
      const signed = await signer.signRequest(credential, request, input);
      const value = signed.headers.get("Authorization") ?? "";
      expect(/^TC3-HMAC-SHA256 Credential=.+Signature=[0-9a-f]{64}$/.test(value), value);
    },

    "a purchase and a refund, and what is left": async () => {
      const { ServiceId, Data } = await typed.CreateStorageService({
        PkgId: "yc1m3d",
        Tid: `camera-${crypto.randomUUID()}`,
        OrderCount: 3,
        StorageRegion: region,
      });
      const OrderId = Data[2]?.OrderId ?? "";
      const refunded = await typed.RefundStorageService({ ServiceId, OrderId });
      expect(refunded.ServiceId === ServiceId, refunded);
      const left = await typed.DescribeStorageService({ ServiceId });
      expect(left.Data.length === 2, left.Data);
      expect(!left.Data.some((order) => order.OrderId === OrderId), left.Data);
    },

    "a planned refund, and what the journal knows of it": async () => {
      const { ServiceId } = await typed.CreateStorageService({
        PkgId: "yc1m3d",
        Tid: `camera-${crypto.randomUUID()}`,
        OrderCount: 2,
        StorageRegion: region,
      });
      const journal = refunds.memoryJournal();
      const plan = await refunds.planRefund(typed, { ServiceId });
      expect(plan.orders.map(({ fate }) => fate).join() === "void,returns", plan);
      for (const tries of [1, 1]) {
        const report = await refunds.refund(typed, plan, { journal });
        expect(report.isDone && report.orders.every((order) => order.tries === tries), report);
      }
    },

    "a generic call": async () => {
      const { ServiceId } = await typed.CreateStorageService({
        PkgId: "yc1m3d",
        Tid: `camera-${crypto.randomUUID()}`,
        OrderCount: 1,
        StorageRegion: region,
      });
      const call = { ...IOTVIDEO, action: "DescribeStorageService", payload: { ServiceId } };
      const answer = await client.call({ ...call, reads: true });
      expect(answer.ServiceId === ServiceId, answer);
    },

    "a mistyped refund is refused where it was sent once, and else not known": async () => {
      const refund = typed.RefundStorageService({ ServiceId: "nobody-has-it", OrderId: "1" });
      const error = await rejection(refund);
      const isSentOnce = known.every((fact) => fact === "no");
      const said = isSentOnce ? error : /** @type {Error} */ (error)?.cause;
      expect(isSentOnce || error instanceof root.OutcomeUnknownError, error);
      expect(said instanceof root.ApiError, error);
      expect(said.code === "ResourceNotFound" && said.requestId, error);
    },

    "no fault of the service is told as what it is not": () =>
      faults(
        iotvideo,
        clientOf(servers.trouble),
        trouble,
        known.every((fact) => fact === "no"),
      ),

    "what the platform sent twice is never called refused": async () => {
      for (const what of /** @type {const} */ (["die-limit", "misdirected-limit"])) {
        await troubled.RefundStorageService({ ServiceId: trouble.id("answer") });
        const refund = troubled.RefundStorageService({ ServiceId: trouble.id(what) });
        // Where a connection was not reused nothing died, and the first arrival was answered.
        const outcome = await refund.then(
          () => "done",
          (error) => error.outcome,
        );
        expect(outcome === "unknown" || (what === "die-limit" && outcome === "done"), outcome);
      }
    },

    "a wide integer stays exact both ways": async () => {
      const echo = new root.Client({ ...clientOf(servers.trouble), integers: "bigint" });
      const payload = { ServiceId: trouble.id("echo"), Wide: WIDE };
      const answer = await echo.call({ ...IOTVIDEO, action: "Echo", payload, reads: true });
      expect(answer.Wide === WIDE, String(answer.Wide));
    },

    "what is wrong is not sent": async () => {
      const ServiceId = trouble.id("answer");
      const error = await rejection(troubled.RefundStorageService({ ServiceId, OrderId: "" }));
      expect(error instanceof root.ValidationError && error.outcome === "notSent", error);
      const { arrivals } = await trouble.state(ServiceId);
      expect(arrivals === 0, arrivals);
      // The same call with nothing wrong does arrive, or the count would prove nothing.
      await troubled.DescribeStorageService({ ServiceId });
      expect((await trouble.state(ServiceId)).arrivals === 1);
    },

    "a hung call ends in time": async () => {
      const ServiceId = trouble.id("hang");
      const started = Date.now();
      const error = await rejection(
        troubled.DescribeStorageService({ ServiceId }, { timeout: TIMEOUT }),
      );
      const took = Date.now() - started;
      expect(error instanceof root.TimeoutError, error);
      expect(took >= TIMEOUT - 50 && took <= TIMEOUT + LATE, `${took} ms`);
      await trouble.closed(ServiceId, 1);
    },

    "an abort leaves nothing running": async () => {
      const ServiceId = trouble.id("hang");
      const stop = new AbortController();
      const call = rejection(
        troubled.DescribeStorageService({ ServiceId }, { signal: stop.signal }),
      );
      await trouble.arrived(ServiceId);
      stop.abort();
      const error = await call;
      // No `instanceof`: in Jest the platform's errors are another realm's.
      expect(/** @type {Error} */ (error)?.name === "AbortError", error);
      await trouble.closed(ServiceId, 1);
    },

    "an abort of a refund that was sent is an unknown outcome": async () => {
      const ServiceId = trouble.id("hang");
      const stop = new AbortController();
      const refund = { ServiceId, OrderId: "1" };
      const call = rejection(troubled.RefundStorageService(refund, { signal: stop.signal }));
      await trouble.arrived(ServiceId);
      stop.abort();
      const error = await call;
      expect(error instanceof root.OutcomeUnknownError, error);
      await trouble.closed(ServiceId, 1);
    },
  };

  /**
   * Whether the platform sends a call that changes something twice by itself.
   *
   * @type {Record<string, () => Promise<Check["fact"]>>}
   */
  const facts = {
    "repeatsPost: dead connection": async () => {
      // The server sees whether the connection was reused; a platform may have opened another one.
      for (let round = 0; round < 3; round += 1) {
        await troubled.RefundStorageService({ ServiceId: trouble.id("answer") });
        const ServiceId = trouble.id("die");
        await troubled.RefundStorageService({ ServiceId }).catch(() => {});
        const { arrivals, died } = await trouble.state(ServiceId);
        if (died) return arrivals > 1 ? "yes" : "no";
      }
      return "unknown";
    },

    "repeatsPost: 421": async () => {
      // Over a connection that is reused too: some repeat only then.
      await troubled.RefundStorageService({ ServiceId: trouble.id("answer") });
      const ServiceId = trouble.id("misdirected");
      await troubled.RefundStorageService({ ServiceId }).catch(() => {});
      const { arrivals } = await trouble.state(ServiceId);
      if (arrivals === 0) return "unknown";
      return arrivals > 1 ? "yes" : "no";
    },
  };

  const results = [];
  for (const [name, find] of Object.entries(facts)) {
    /** @type {Check["fact"]} */
    let fact = "unknown";
    const found = await run(name, async () => {
      fact = await find();
    });
    known.push(fact);
    results.push({ ...found, fact });
  }
  for (const [name, check] of Object.entries(checks)) results.push(await run(name, check));
  return results;
}
