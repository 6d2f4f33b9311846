/** What is known of a service version, as data: the members of schema/README.md, which states each of them. */

/** The same in two languages, without a full stop at its end. */
export interface Texts {
  en: string;
  zh: string;
}

/** A value with a meaning. */
export interface ReferenceValue extends Texts {
  value: number | string;
  /** Of its constant, where that is not the value itself. */
  name?: string;
}

/** From the first to the second; `null` where it is open. */
export type Bounds = [number | null, number | null];

/** One documented limit: one of these, and why the client only warns of it, where it does. */
export interface ReferenceLimit {
  range?: Bounds;
  items?: Bounds;
  characters?: Bounds;
  bytes?: Bounds;
  levelCharacters?: Bounds;
  joined?: Bounds;
  dotted?: Bounds[];
  allowed?: ("letters" | "digits" | "chinese" | "underscore")[];
  forbidden?: string;
  onlyWarn?: Texts;
}

/** A parameter, or a member of an answer or of a structure. */
export interface ReferenceField {
  name: string;
  /** `String`, `Integer`, `Float`, `Boolean` or a structure's name. */
  type: string;
  unsigned?: boolean;
  list?: boolean;
  required?: boolean;
  nullable?: boolean;
  proof?: boolean;
  nonEmpty?: boolean;
  wide?: Texts;
  sensitive?: boolean;
  doc: Texts;
  unit?: "unixSeconds" | "minutes" | "seconds" | "bytes" | "percent" | "fen";
  unitBasis?: "stated" | "inferred";
  default?: number | string;
  absentMeans?: Texts;
  requiredWhen?: Texts;
  limits?: ReferenceLimit[];
  values?: ReferenceValue[];
  valuesOpen?: boolean;
  valuesName?: string;
  specialValues?: ReferenceValue[];
  bits?: ({ bit: number } & Texts)[];
  note?: Texts;
}

/** A structure. */
export interface ReferenceStructure {
  name: string;
  doc: Texts;
  fields: ReferenceField[];
}

/** An action. `RequestId` is in every answer and is not listed. */
export interface ReferenceAction {
  name: string;
  doc: Texts;
  group: string;
  deprecated?: boolean;
  skipsSignature?: boolean;
  /** Whether a repeat changes nothing, whatever happened in between. */
  idempotent: boolean;
  idempotentBecause: Texts;
  /** `null` where it is not known. */
  rateLimit: { perSecond: number } | null;
  remarks?: Texts[];
  note?: Texts;
  errorCodes: string[];
  input: ReferenceField[];
  output: ReferenceField[];
}

/** A service version. */
export interface ServiceReference {
  service: string;
  serviceName: Texts;
  version: string;
  endpoint: string;
  regionRequired: boolean;
  regions?: string[];
  className: string;
  structures: ReferenceStructure[];
  actions: ReferenceAction[];
}
