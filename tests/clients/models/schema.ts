/** The schema of IoT Video, as far as requests and answers are made from it. */

import { readFileSync } from "node:fs";
import type {
  ReferenceAction,
  ReferenceField,
  ReferenceLimit,
  ServiceReference,
} from "../../../dist/reference.js";

/** From the first to the second; open where there is null. */
export type Bounds<Bound = number> = [Bound | null, Bound | null];
export type Action = ReferenceAction;
export type Field = ReferenceField;
export type Limits = Omit<ReferenceLimit, "onlyWarn">;

const url = new URL("../../../schema/iotvideo-2019-11-26.json", import.meta.url);
const schema: ServiceReference = JSON.parse(readFileSync(url, "utf8"));

export const ACTIONS: readonly Action[] = schema.actions;
export const STRUCTURES: ReadonlyMap<string, Field[]> = new Map(
  schema.structures.map(({ name, fields }) => [name, fields]),
);

/** All limits of a field together. */
export function limitsOf({ limits = [] }: Field): Limits {
  return Object.assign({}, ...limits);
}
