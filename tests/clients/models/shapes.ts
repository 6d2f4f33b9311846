/** The fields of every request, answer and structure, as the schema has them and as an SDK's models do. */

import { ACTIONS, type Field, STRUCTURES } from "./schema.ts";

/** Names of fields, each with its type in Python's words. */
export type Shape = Record<string, string>;

export interface Shapes {
  actions: Record<string, { request: Shape; response: Shape }>;
  structures: Record<string, Shape>;
}

const TYPES: Record<string, string> = {
  String: "str",
  Integer: "int",
  Float: "float",
  Boolean: "bool",
};

/** What the models should look like. */
export function schemaShapes(): Shapes {
  const actions = ACTIONS.map(({ name, input, output }) => {
    const response = { ...shape(output), RequestId: "str" };
    return [name, { request: shape(input), response }] as const;
  });
  const structures = [...STRUCTURES].map(([name, fields]) => [name, shape(fields)] as const);
  return { actions: Object.fromEntries(actions), structures: Object.fromEntries(structures) };
}

function shape(fields: Field[]): Shape {
  return Object.fromEntries(
    fields.map(({ name, type, list }) => [name, `${list ? "list of " : ""}${TYPES[type] ?? type}`]),
  );
}
