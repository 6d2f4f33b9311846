/** Credentials that a machine holds: read as the official tools write them, and none passed over that is wrong. */

import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { type TestContext, test } from "node:test";
import {
  CredentialError,
  type CredentialProvider,
  chain,
  fromEnvironment,
  fromMachine,
  fromProfile,
  fromTccli,
} from "tc3-edge/credentials";
import { Iotvideo } from "tc3-edge/iotvideo/v20191126";
import { credential, token } from "./credential.ts";
import { seen } from "./recorder.ts";

const { secretId, secretKey } = credential;

/** A home with these files. */
function homeOf(t: TestContext, files: Record<string, string>): string {
  const home = mkdtempSync(path.join(tmpdir(), "tc3-edge-home-"));
  t.after(() => rmSync(home, { recursive: true }));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(home, name)), { recursive: true });
    writeFileSync(path.join(home, name), text);
  }
  return home;
}

async function refusal(provide: CredentialProvider): Promise<CredentialError> {
  const error = await Promise.resolve()
    .then(provide)
    .then(
      () => assert.fail("it must fail"),
      (error) => error,
    );
  assert(error instanceof CredentialError, String(error));
  seen(error, error.message, JSON.stringify(error));
  return error;
}

test("the environment gives a key pair, and the token under both of its names", async () => {
  const env = { TENCENTCLOUD_SECRET_ID: secretId, TENCENTCLOUD_SECRET_KEY: secretKey };
  assert.deepEqual(await fromEnvironment({ env })(), { secretId, secretKey });
  for (const name of ["TENCENTCLOUD_SESSION_TOKEN", "TENCENTCLOUD_TOKEN"]) {
    const temporary = fromEnvironment({ env: { ...env, [name]: token } });
    assert.deepEqual(await temporary(), { secretId, secretKey, token });
  }
  const half = fromEnvironment({ env: { TENCENTCLOUD_SECRET_ID: secretId } });
  assert.equal(
    (await refusal(half)).message,
    "credential.secretKey: is missing in the environment",
  );
});

test("the SDKs' file is read as they read it", async (t) => {
  const text = `# mine\n[default]\r\nSecret_Id = ${secretId}\r\n secret_key=${secretKey}\n;token = no\n
[other]\nsecret_id: other\nsecret_key: ${secretKey}\ntoken: ${token}\n`;
  const home = homeOf(t, { ".tencentcloud/credentials": text, elsewhere: text });
  const places = { home, env: {} };
  assert.deepEqual(await fromProfile(undefined, places)(), { secretId, secretKey });
  const other = { secretId: "other", secretKey, token };
  assert.deepEqual(await fromProfile("other", places)(), other);
  const env = { TENCENTCLOUD_CREDENTIALS_FILE: path.join(home, "elsewhere") };
  assert.deepEqual(await fromProfile("other", { home: "/nowhere", env })(), other);
  const error = await refusal(fromProfile("third", places));
  assert.equal(error.code, "CredentialNotFound");
});

test("tccli's file is read, with the time at which a login's keys end", async (t) => {
  const login = { type: "oauth", secretId, secretKey, token, expiresAt: 1_700_000_000 };
  const home = homeOf(t, {
    ".tccli/default.credential": JSON.stringify({ secretId, secretKey }),
    ".tccli/login.credential": JSON.stringify(login),
    ".tccli/broken.credential": `{"secretKey":"${secretKey}"`,
    ".tccli/odd.credential": `{"secretId":7,"secretKey":"${secretKey}"}`,
  });
  assert.deepEqual(await fromTccli(undefined, { home, env: {} })(), { secretId, secretKey });
  const named = fromTccli(undefined, { home, env: { TCCLI_PROFILE: "login" } });
  assert.deepEqual(await named(), { secretId, secretKey, token, expiresAt: 1_700_000_000_000 });
  const problems = async (profile: string) =>
    (await refusal(fromTccli(profile, { home, env: {} }))).problems.map(({ code }) => code);
  assert.deepEqual(await problems("broken"), ["Format"]);
  assert.deepEqual(await problems("odd"), ["Missing"]);
});

test("a chain takes the first that is there, and stops at one that is wrong", async (t) => {
  const home = homeOf(t, {
    ".tccli/default.credential": JSON.stringify({ secretId, secretKey }),
  });
  const places = { home, env: { TENCENTCLOUD_CREDENTIALS_FILE: path.join(home, "none") } };
  assert.deepEqual(await fromMachine(places)(), { secretId, secretKey });
  const iotvideo = new Iotvideo({
    credential: fromMachine(places),
    region: "ap-guangzhou",
    fetch: async () => new Response('{"Response":{"ServiceId":"s","Data":[],"RequestId":"r"}}'),
  });
  assert.equal((await iotvideo.DescribeStorageService({ ServiceId: "s" })).RequestId, "r");
  const half = { home, env: { ...places.env, TENCENTCLOUD_SECRET_KEY: secretKey } };
  assert.match((await refusal(fromMachine(half))).message, /secretId: is missing/);
  const none = await refusal(fromMachine({ home: "/nowhere", env: places.env }));
  assert.match(none.message, /the environment, .*none, .*default\.credential$/);
  assert.equal((await refusal(chain())).outcome, "notSent");
});

test("the constructor's own class is not needed to know what is missing", async () => {
  const error = await refusal(fromEnvironment({ env: {} }));
  assert.deepEqual([error.name, error.code], ["CredentialError", "CredentialNotFound"]);
  assert.deepEqual(Object.keys(error.toJSON()).sort(), [
    "attempts",
    "code",
    "message",
    "name",
    "outcome",
    "problems",
    "remedy",
    "retry",
  ]);
});
