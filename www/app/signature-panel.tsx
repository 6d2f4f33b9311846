/** Every value on the way from the payload to the Authorization header, as one types. */

import { CodeBlock } from "../ui/code-block.tsx";
import { Notice } from "../ui/notice.tsx";
import { Panel } from "../ui/panel.tsx";
import type { SignedCall } from "./use-signed.ts";

export function SignaturePanel({ signed: { explanation, problems } }: { signed: SignedCall }) {
  return (
    <Panel
      title="Signature"
      lead="TC3-HMAC-SHA256, computed in this page by the WebAssembly module that signs the call."
    >
      {problems.length > 0 && (
        <Notice kind="warn">
          <strong>
            {explanation ? "It would be signed so, but not sent" : "It cannot be signed"}
          </strong>
          {problems.map(({ path, message }) => (
            <span key={path}>
              <code>{path}</code> {message}
            </span>
          ))}
        </Notice>
      )}
      {explanation && (
        <>
          <CodeBlock
            name="Payload"
            about="The body, to the byte: what is hashed is what is sent."
            text={String(explanation.body)}
          />
          <CodeBlock
            name="Canonical request"
            about="Method, path, query, signed headers and the payload’s hash, in one fixed form."
            text={explanation.canonicalRequest}
            showBreaks
          />
          <CodeBlock
            name="String to sign"
            about="Algorithm, timestamp, scope (date, service) and the canonical request’s hash."
            text={explanation.stringToSign}
            showBreaks
          />
          <CodeBlock
            name="Signature"
            about="HMAC-SHA256 of the string to sign; the key comes from the SecretKey, date and service."
            text={explanation.signature}
          />
          <CodeBlock
            name="Authorization"
            about="The header that carries it; whoever holds it can send this call for five minutes."
            text={explanation.authorization}
          />
        </>
      )}
    </Panel>
  );
}
