/** A second service, made by data alone: its calls are checked, signed or left unsigned, and its answers read. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { CredentialError, OutcomeUnknownError, ValidationError, type Warning } from "tc3-edge";
import { Sts } from "tc3-edge/sts/v20180813";
import { credential, token } from "./credential.ts";
import { failure } from "./server.ts";

const region = "ap-guangzhou";
const Credentials = { Token: "t", TmpSecretId: "i", TmpSecretKey: "k" };
const ISSUED = { Credentials, ExpiredTime: 1_700_007_200, Expiration: "2023-11-15T00:13:20Z" };

/** A platform that answers each call with this, and keeps what was sent. */
function platform(response: object) {
  const sent: { headers: Headers; body: unknown }[] = [];
  const fetch = async (_: unknown, init?: RequestInit) => {
    sent.push({ headers: new Headers(init?.headers), body: JSON.parse(String(init?.body)) });
    return Response.json({ Response: { ...response, RequestId: "r" } });
  };
  return { sent, fetch };
}

const byToken = {
  ProviderId: "oidc",
  WebIdentityToken: "a-token",
  RoleArn: "qcs::cam::uin/1:roleName/reader",
  RoleSessionName: "page",
};

test("temporary credentials are had by a token alone, without a signature", async () => {
  const { sent, fetch } = platform(ISSUED);
  const sts = new Sts({ credential: "none", region, fetch });
  const answer = await sts.AssumeRoleWithWebIdentity(byToken);
  assert.deepEqual(answer, { ...ISSUED, RequestId: "r" });
  assert.equal(sent[0]?.headers.get("Authorization"), "SKIP");
  assert.deepEqual(sent[0]?.body, byToken);
  const withToken = new Sts({ credential: { ...credential, token }, region, fetch });
  await withToken.AssumeRoleWithWebIdentity(byToken, { validate: false });
  assert.equal(sent[1]?.headers.get("Authorization"), "SKIP");
  assert.equal(sent[1]?.headers.get("X-TC-Token"), null);
});

test("without a credential nothing that needs one is sent", async () => {
  const fetch = () => assert.fail("it must not be sent");
  const error = await failure(new Sts({ credential: "none", region, fetch }).GetCallerIdentity());
  assert(error instanceof CredentialError);
  assert.deepEqual(
    error.problems.map(({ path }) => path),
    ["credential.secretId", "credential.secretKey"],
  );
  assert.throws(() => new Sts({ credential: "some" as never, region }), CredentialError);
});

test("an answer without credentials does not prove that any were issued", async () => {
  const { fetch } = platform({ ExpiredTime: 1 });
  const sts = new Sts({ credential, region, fetch });
  const role = { RoleArn: byToken.RoleArn, RoleSessionName: "page" };
  assert((await failure(sts.AssumeRole(role))) instanceof OutcomeUnknownError);
});

test("calls are checked, and an action without parameters takes none", async () => {
  const told: Warning[] = [];
  const { sent, fetch } = platform({ Arn: "a", AccountId: 100_001, Type: "CAMUser" });
  const hooks = { onWarning: (warning: Warning) => told.push(warning) };
  const sts = new Sts({ credential, region, fetch, hooks });
  const { AccountId } = await sts.GetCallerIdentity();
  assert.equal(AccountId, "100001");
  assert.deepEqual(
    told.map(({ about, path, code }) => `${about} ${path} ${code}`),
    ["answer AccountId Type"],
  );
  const wrong = await failure(
    sts.AssumeRole({
      RoleArn: "",
      RoleSessionName: "x",
      DurationSeconds: 43_201,
      Tag: [],
    } as never),
  );
  assert(wrong instanceof ValidationError);
  assert.deepEqual(
    wrong.problems.map(({ path, code }) => `${path} ${code}`),
    ["RoleArn Empty", "RoleSessionName Length", "DurationSeconds Range", "Tag Unknown"],
  );
  assert.match(wrong.message, /Tag: is not a parameter here; did you mean `Tags`\?/);
  const all = { RoleArn: "r", RoleSessionName: "name", Policy: undefined };
  const lost = await failure(sts.AssumeRole(all as never));
  assert(lost instanceof ValidationError && lost.problems[0]?.path === "Policy");
  assert.equal(sent.length, 1);
});
