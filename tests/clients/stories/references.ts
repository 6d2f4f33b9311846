/** References such as `"${bought.Data.0.OrderId}"` in the payloads of a story. */

/** A text that is one reference, and nothing else. */
const REFERENCE = /^\$\{([\w.]+)\}$/;

/** The same value with what its references lead to; one that leads nowhere is a mistake of the story. */
export function resolve<Value>(value: Value, answers: Record<string, unknown>): Value;
export function resolve(value: unknown, answers: Record<string, unknown>): unknown {
  if (Array.isArray(value)) return value.map((item) => resolve(item, answers));
  if (typeof value === "object" && value !== null) {
    const members = Object.entries(value).map(([name, item]) => [name, resolve(item, answers)]);
    return Object.fromEntries(members);
  }
  const path = typeof value === "string" ? REFERENCE.exec(value)?.[1] : undefined;
  if (path === undefined) return value;
  let found: unknown = answers;
  for (const name of path.split("."))
    found = (found as Record<string, unknown> | undefined)?.[name];
  if (found === undefined) throw new Error(`nothing was answered at ${path}`);
  return found;
}
