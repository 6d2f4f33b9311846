/** A sandbox behind HTTPS: who was told of its CA can call it, by every name that it knows, and nobody else. */

import assert from "node:assert/strict";
import { execFile, spawnSync } from "node:child_process";
import { X509Certificate } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { get } from "node:https";
import { tmpdir } from "node:os";
import path from "node:path";
import { type TestContext, test } from "node:test";
import { connect } from "node:tls";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { type SandboxServer, serveSandbox, type TlsOptions } from "../../../sandbox/hosts/node.ts";

const cwd = fileURLToPath(new URL("../../..", import.meta.url));
const run = promisify(execFile);

async function start(t: TestContext, tls: true | TlsOptions) {
  const server = await serveSandbox({ tls });
  t.after(() => server.close());
  assert.match(server.url, /^https:/);
  assert(server.caFile);
  return { ...server, caFile: server.caFile };
}

/** What a process prints that reads its CA from the environment, as each does once, when it starts. */
async function printed(program: string, args: string[], told: Record<string, string>) {
  const { NODE_EXTRA_CA_CERTS, SSL_CERT_FILE, ...rest } = process.env;
  const { stdout } = await run(program, args, { cwd, env: { ...rest, ...told } });
  return stdout.trim();
}

const OURS = `import { Iotvideo } from "tc3-edge/iotvideo/v20191126";
const credential = { secretId: "sandbox-secret-id", secretKey: "sandbox-secret-key" };
const endpoint = process.argv[1];
const iotvideo = new Iotvideo({ credential, region: "ap-guangzhou", endpoint, retry: { tries: 1 } });
const purchase = { PkgId: "yc1m3d", Tid: "t", OrderCount: 2, StorageRegion: "ap-guangzhou" };
const { Data } = await iotvideo.CreateStorageService(purchase).catch((error) => {
  for (let cause = error; cause; cause = cause.cause) console.log(cause.code);
  process.exit();
});
console.log(Data.length);`;

test("this package calls it where Node was told of the CA, and nowhere else", async (t) => {
  const { url, caFile } = await start(t, true);
  const args = ["--input-type=module", "--eval", OURS, url];
  assert.equal(await printed(process.execPath, args, { NODE_EXTRA_CA_CERTS: caFile }), "2");
  const refused = await printed(process.execPath, args, {});
  assert.match(refused, /UNABLE_TO_VERIFY_LEAF_SIGNATURE$/);
});

const PYTHON = `import json, ssl, sys, urllib.error, urllib.request
context = ssl.create_default_context()
context.verify_flags |= ssl.VERIFY_X509_STRICT
try:
    answer = urllib.request.urlopen(sys.argv[1], b"{}", context=context)
    print(json.load(answer)["Response"]["Error"]["Code"])
except urllib.error.URLError as error:
    print(error.reason.reason)`;

const python = spawnSync("python3", ["--version"]).status === 0;

test("Python takes its certificate, strictly", { skip: !python && "no python3" }, async (t) => {
  const { url, caFile } = await start(t, true);
  const args = ["-c", PYTHON, url];
  assert.equal(await printed("python3", args, { SSL_CERT_FILE: caFile }), "InvalidRequest");
  assert.equal(await printed("python3", args, {}), "CERTIFICATE_VERIFY_FAILED");
});

/** The certificate that whoever asks for this name is shown; it fails where it is for another name. */
async function shown({ url, caFile = "" }: SandboxServer, servername: string) {
  const { port } = new URL(url);
  const ca = readFileSync(caFile);
  const socket = connect({ host: "127.0.0.1", port: Number(port), servername, ca });
  await once(socket, "secureConnect");
  const certificate = socket.getPeerCertificate();
  socket.destroy();
  return certificate;
}

test("every known name is certified, and no other", async (t) => {
  const server = await start(t, {
    names: ["iotvideo.tencentcloudapi.com", "*.Intl.TencentCloudApi.com"],
  });
  for (const name of [
    "localhost",
    "shop.localhost",
    "a.b.localhost",
    "iotvideo.tencentcloudapi.com",
    "iotvideo.ap-guangzhou.intl.tencentcloudapi.com",
  ]) {
    const { valid_from, valid_to, serialNumber } = await shown(server, name);
    const days = (Date.parse(valid_to) - Date.parse(valid_from)) / 86_400_000;
    assert(days > 1 && days < 8, name);
    assert.equal((await shown(server, name)).serialNumber, serialNumber, name);
  }
  for (const name of ["cvm.tencentcloudapi.com", "intl.tencentcloudapi.com", "localhost.example"]) {
    await assert.rejects(shown(server, name), { code: "ERR_TLS_CERT_ALTNAME_INVALID" }, name);
  }
  const { raw } = await shown(server, "localhost");
  for (const address of ["127.0.0.1", "::1"]) {
    // OpenSSL's own check: Node 22 compares IPv6 addresses as texts, and finds none.
    assert.equal(new X509Certificate(raw).checkIP(address), address);
  }
  await assert.rejects(serveSandbox({ tls: { names: ["a.example:443"] } }), /is no host name/);
});

test("a given name is certified and answered to, by whichever option it came", async (t) => {
  const [host, servername] = ["a.example", "b.example"];
  const server = await serveSandbox({ hosts: [host], tls: { names: [servername] } });
  t.after(() => server.close());
  for (const name of [host, servername]) {
    const ca = readFileSync(server.caFile ?? "");
    const asked = get(server.url, { servername: name, headers: { host: name }, ca });
    const [answer] = await once(asked, "response");
    assert.equal(answer.statusCode, 200, name);
    answer.resume();
  }
});

test("the CA's file is its owner's, and goes with the sandbox", async () => {
  const { caFile = "", close } = await serveSandbox({ tls: true });
  const text = readFileSync(caFile, "utf8");
  assert.match(text, /^-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----\s*$/);
  if (process.platform !== "win32") {
    assert.equal(statSync(caFile).mode & 0o777, 0o600);
    assert.equal(statSync(path.dirname(caFile)).mode & 0o777, 0o700);
  }
  await close();
  assert.throws(() => statSync(path.dirname(caFile)), { code: "ENOENT" });
});

test("a given file takes another sandbox's place, and nothing else's", async (t) => {
  const folder = mkdtempSync(path.join(tmpdir(), "tc3-edge-test-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const caFile = path.join(folder, "ca.pem");
  const first = await start(t, { caFile });
  assert.equal(first.caFile, caFile);
  const [old, second] = [readFileSync(caFile, "utf8"), await start(t, { caFile })];
  assert.notEqual(readFileSync(caFile, "utf8"), old);
  await second.close();
  assert.match(readFileSync(caFile, "utf8"), /CERTIFICATE/);

  const key = path.join(folder, "key.pem");
  writeFileSync(key, "somebody's");
  await assert.rejects(serveSandbox({ tls: { caFile: key } }), /name another file/);
  assert.equal(readFileSync(key, "utf8"), "somebody's");
});
