/** The schema of IoT Video, as far as requests and answers are made from it; schema/README.md states its members. */

import { readFileSync } from "node:fs";

/** From the first to the second; open where there is null. */
export type Bounds<Bound = number> = [Bound | null, Bound | null];

/** Each limit has one of these members. */
export interface Limits {
  range?: Bounds;
  items?: Bounds;
  characters?: Bounds;
  bytes?: Bounds;
  levelCharacters?: Bounds;
  joined?: Bounds;
  dotted?: Bounds[];
  allowed?: ("letters" | "digits" | "chinese" | "underscore")[];
  forbidden?: string;
}

export interface Field {
  name: string;
  type: string;
  unsigned?: boolean;
  list?: boolean;
  required?: boolean;
  nullable?: boolean;
  proof?: boolean;
  nonEmpty?: boolean;
  limits?: Limits[];
  values?: { value: string | number }[];
  specialValues?: { value: string | number }[];
}

export interface Action {
  name: string;
  deprecated?: boolean;
  input: Field[];
  output: Field[];
}

interface Schema {
  structures: { name: string; fields: Field[] }[];
  actions: Action[];
}

const url = new URL("../../../schema/iotvideo-2019-11-26.json", import.meta.url);
const schema: Schema = JSON.parse(readFileSync(url, "utf8"));

export const ACTIONS: readonly Action[] = schema.actions;
export const STRUCTURES: ReadonlyMap<string, Field[]> = new Map(
  schema.structures.map(({ name, fields }) => [name, fields]),
);

/** All limits of a field together. */
export function limitsOf({ limits = [] }: Field): Limits {
  return Object.assign({}, ...limits);
}
