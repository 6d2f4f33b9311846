/** Certificates for a sandbox, made anew at each start: a CA that nobody else has, and what it signs. No file is written. */

// The next import asks for it, and must find it.
import "reflect-metadata";
import { KeyObject, type webcrypto } from "node:crypto";
import type { ServerOptions } from "node:https";
import { createSecureContext } from "node:tls";
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  type Extension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509CertificateGenerator,
} from "@peculiar/x509";
import { isNamed, LOCAL_NAMES } from "./names.ts";

/** The subject of every CA that is made here. */
export const CA_NAME = "CN=tc3-edge sandbox CA";

/** What a server needs to listen, and what its callers need to trust it. */
export interface Certified {
  /** The CA's certificate, as PEM. Its key never leaves this process, and ends with it. */
  ca: string;
  server: Pick<ServerOptions, "key" | "cert" | "SNICallback">;
}

/** Accepted by OpenSSL, BoringSSL and Go alike, and made in a moment, where an RSA key takes a second. */
const ALGORITHM = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };

const HOUR_MS = 3_600_000;

/** Short enough that what somebody trusted and forgot is soon worth nothing. */
const VALID_MS = 7 * 24 * HOUR_MS;

/**
 * Makes a CA, and a certificate for localhost and its addresses. Whoever calls by another known name gets one for that
 * very name: OpenSSL and Node take no `*.localhost`, and a wildcard would reach one label deep only.
 */
export async function certify(names: readonly string[]): Promise<Certified> {
  const known = [...LOCAL_NAMES, ...names];
  const [authority, own] = await Promise.all([makeKeys(), makeKeys()]);
  const caKeyId = await SubjectKeyIdentifierExtension.create(authority.publicKey);
  const ca = await sign(authority, authority.publicKey, CA_NAME, [
    new BasicConstraintsExtension(true, 0, true),
    new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
    caKeyId,
  ]);
  // Python 3.13 and newer refuse what lacks an identifier of its issuer's key.
  const extensions = [
    new BasicConstraintsExtension(false, undefined, true),
    new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
    new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
    await AuthorityKeyIdentifierExtension.create(authority.publicKey),
    await SubjectKeyIdentifierExtension.create(own.publicKey),
  ];
  const certificateFor = (subjects: Subject[]) =>
    sign(authority, own.publicKey, "CN=tc3-edge sandbox", [
      ...extensions,
      new SubjectAlternativeNameExtension(subjects),
    ]);
  const key = KeyObject.from(own.privateKey).export({ type: "pkcs8", format: "pem" });
  const contextFor = keepEach(async (name) =>
    createSecureContext({ key, cert: await certificateFor([{ type: "dns", value: name }]) }),
  );
  return {
    ca,
    server: {
      key,
      cert: await certificateFor([
        { type: "dns", value: "localhost" },
        { type: "ip", value: "127.0.0.1" },
        { type: "ip", value: "::1" },
      ]),
      SNICallback: (name, done) => {
        // Without a context of its own, a name gets the certificate above, which is not for it.
        if (name === "localhost" || !isNamed(name, known)) done(null);
        else contextFor(name).then((context) => done(null, context), done);
      },
    },
  };
}

/** So that a caller who asks for ever new names does not fill the memory. */
const MOST_NAMES = 100;

/** A browser in which somebody accepted a certificate accepts no other, so each name keeps its own. */
function keepEach<Made>(make: (name: string) => Promise<Made>): (name: string) => Promise<Made> {
  const kept = new Map<string, Promise<Made>>();
  return (name) => {
    const made = kept.get(name) ?? make(name);
    if (kept.size >= MOST_NAMES) kept.clear();
    kept.set(name, made);
    return made;
  };
}

interface Subject {
  type: "dns" | "ip";
  value: string;
}

function makeKeys(): Promise<webcrypto.CryptoKeyPair> {
  // Extractable, since node:tls takes keys as PEM.
  return crypto.subtle.generateKey(ALGORITHM, true, ["sign", "verify"]);
}

/** Gives PEM. */
async function sign(
  authority: webcrypto.CryptoKeyPair,
  publicKey: webcrypto.CryptoKey,
  subject: string,
  extensions: Extension[],
): Promise<string> {
  const now = Date.now();
  const certificate = await X509CertificateGenerator.create({
    subject,
    issuer: CA_NAME,
    // Callers in a container or a virtual machine may be a little behind.
    notBefore: new Date(now - HOUR_MS),
    notAfter: new Date(now + VALID_MS),
    signingAlgorithm: ALGORITHM,
    signingKey: authority.privateKey,
    publicKey,
    extensions,
  });
  return certificate.toString("pem");
}
