/** A request as a curl line for a POSIX shell. */

interface Sent {
  url: string;
  headers: Headers;
  body: string;
}

/** The line; a body makes it a POST, as curl has it. */
export function curlLine({ url, headers, body }: Sent): string {
  const parts = [`curl ${quoted(url)}`];
  for (const [name, value] of headers) parts.push(`-H ${quoted(`${name}: ${value}`)}`);
  if (body !== "") parts.push(`--data-raw ${quoted(body)}`);
  return parts.join(" \\\n  ");
}

/** Nothing but the quotation mark itself means anything between two of them. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
