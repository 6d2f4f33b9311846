/** The page of a service version: its actions in a table. Their parameters and answers are told by the editor. */

import path from "node:path";
import { pathToFileURL } from "node:url";
import { root } from "../setup/run.mjs";

/** @typedef {import("../../js/reference.ts").ServiceReference} ServiceReference */

/**
 * What is known of the version whose declarations these are.
 * @param {string} types
 * @returns {Promise<ServiceReference>}
 */
export async function serviceReference(types) {
  const file = path.join(root, types.replace(/\.d\.ts$/, "-reference.js"));
  return (await import(pathToFileURL(file).href)).reference;
}

/**
 * The names of its constants.
 * @param {string} types
 * @param {ServiceReference} reference
 */
export async function constants(types, { className }) {
  const file = path.join(root, types.replace(/\.d\.ts$/, ".js"));
  const names = Object.keys(await import(pathToFileURL(file).href));
  return names.filter((name) => name !== className);
}

/**
 * @param {string} name
 * @param {ServiceReference} reference
 * @param {string[]} constants
 */
export function servicePage(name, reference, constants) {
  const { className, serviceName, version, actions, structures } = reference;
  const rows = actions.map(
    ({ name, doc, idempotent, rateLimit, deprecated }) =>
      `| \`${name}\` | ${doc.en}${deprecated ? " (withdrawn)" : ""} | ${doc.zh} | ${idempotent ? "yes" : "no"} | ${rateLimit?.perSecond ?? ""} |`,
  );
  return `# ${name}

${serviceName.en} ${version}: the class \`${className}\`, whose options are [\`ClientOptions\`](index.md#clientoptions). Each
action is a method, \`${className}.ACTION(request, options?)\`, with [\`CallOptions\`](index.md#calloptions); the types are
\`ACTIONRequest\` and \`ACTIONResponse\`. What each parameter and each answered field means, with its unit, its limits and its
values, is shown where it is hovered, and is data at \`${name}/reference\`.

## Errors

Every method can fail with each of [the errors](../errors.md); a wrong request is a \`ValidationError\` before it is sent.

## Actions

"Repeat" tells whether a second call changes nothing; an empty rate is not known.

| action | does | 说明 | repeat | calls a second |
| --- | --- | --- | --- | --- |
${rows.join("\n")}

## Constants

Of documented values, each with a type of the same name: ${constants.map((name) => `\`${name}\``).join(", ")}.

## Structures

${structures.map(({ name, doc }) => `- \`${name}\`: ${doc.en}. ${doc.zh}`).join("\n")}
`;
}
