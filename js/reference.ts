/**
 * What is known of a service version, as data. What is left out is false or none.
 *
 * @module
 */

/** The same in two languages, without a full stop at its end. */
export interface Texts {
  /** English. */
  en: string;
  /** Chinese. */
  zh: string;
}

/** A value with a meaning. */
export interface ReferenceValue extends Texts {
  /** As it is sent or answered. */
  value: number | string;
  /** Of its constant, where that is not the value itself. */
  name?: string;
}

/** From the first to the second; `null` where it is open. */
export type Bounds = [number | null, number | null];

/** One documented limit: one of these, and why the client only warns of it, where it does. */
export interface ReferenceLimit {
  /** Of an Integer; of a text of integers that are joined by commas (`joined`), each. */
  range?: Bounds;
  /** How many items a list has. */
  items?: Bounds;
  /** How many characters a text has, in Unicode code points. */
  characters?: Bounds;
  /** How many bytes a text has in UTF-8. */
  bytes?: Bounds;
  /** How many characters stand between two full stops of a text. */
  levelCharacters?: Bounds;
  /** Each integer of a text of integers that are joined by commas. */
  joined?: Bounds;
  /** A text of that many integers, joined by full stops. */
  dotted?: Bounds[];
  /** Which characters a text may hold. */
  allowed?: ("letters" | "digits" | "chinese" | "underscore")[];
  /** Characters that a text may not hold. */
  forbidden?: string;
  /** Why the client warns of it and sends all the same. */
  onlyWarn?: Texts;
}

/** A parameter, or a member of an answer or of a structure. */
export interface ReferenceField {
  /** As the service spells it. */
  name: string;
  /** `String`, `Integer`, `Float`, `Boolean` or a structure's name. */
  type: string;
  /** Of an Integer: 64 bits without a sign. */
  unsigned?: boolean;
  /** A list of them. */
  list?: boolean;
  /** Must be sent; of an answer: the documentation promises it. */
  required?: boolean;
  /** May be null. */
  nullable?: boolean;
  /** Of an answer: without it, it is not proved that the action was done. */
  proof?: boolean;
  /** May not be empty, since that could be taken for "all". */
  nonEmpty?: boolean;
  /** Why an answered Integer may be beyond 2^53. */
  wide?: Texts;
  /** A secret or personal: keep it out of logs. */
  sensitive?: boolean;
  /** What it is. */
  doc: Texts;
  /** `fen` is 0.01 CNY. */
  unit?: "unixSeconds" | "minutes" | "seconds" | "bytes" | "percent" | "fen";
  /** Whether the documentation states the unit, or its examples show it. */
  unitBasis?: "stated" | "inferred";
  /** What the service takes where it is left out. */
  default?: number | string;
  /** What the service does where it is left out. */
  absentMeans?: Texts;
  /** When it must be sent, or means something. */
  requiredWhen?: Texts;
  /** The documented limits. */
  limits?: ReferenceLimit[];
  /** The documented values. */
  values?: ReferenceValue[];
  /** Whether there may be other values. */
  valuesOpen?: boolean;
  /** Of the constants of the values, and of their type. */
  valuesName?: string;
  /** Values with a meaning of their own among others. */
  specialValues?: ReferenceValue[];
  /** What the bits of an Integer mean. */
  bits?: ({ bit: number } & Texts)[];
  /** A doubt, or what differs between the documentation and the service. */
  note?: Texts;
}

/** A structure. */
export interface ReferenceStructure {
  /** As the service spells it. */
  name: string;
  /** What it is. */
  doc: Texts;
  /** In the documented order. */
  fields: ReferenceField[];
}

/** An action. `RequestId` is in every answer and is not listed. */
export interface ReferenceAction {
  /** As the service spells it. */
  name: string;
  /** What it does. */
  doc: Texts;
  /** For people. */
  group: string;
  /** The service has withdrawn it. */
  deprecated?: boolean;
  /** It takes no key: it is sent with `Authorization: SKIP`. */
  skipsSignature?: boolean;
  /** Whether a repeat changes nothing, whatever happened in between. */
  idempotent: boolean;
  /** The reason for that judgement. */
  idempotentBecause: Texts;
  /** `null` where it is not known. */
  rateLimit: { perSecond: number } | null;
  /** Documented behaviour beyond the fields. */
  remarks?: Texts[];
  /** A doubt. */
  note?: Texts;
  /** What the documentation lists; other codes do come. */
  errorCodes: string[];
  /** Its parameters. */
  input: ReferenceField[];
  /** What it answers. */
  output: ReferenceField[];
}

/** A service version. */
export interface ServiceReference {
  /** Its short name, as it is signed. */
  service: string;
  /** Its name for people. */
  serviceName: Texts;
  /** As it is sent. */
  version: string;
  /** Its nearest host. */
  endpoint: string;
  /** Whether X-TC-Region must be sent. */
  regionRequired: boolean;
  /** Those that are known; others are only warned of. */
  regions?: string[];
  /** Of its class in TypeScript. */
  className: string;
  /** What parameters and answers are made of. */
  structures: ReferenceStructure[];
  /** Every one of this version. */
  actions: ReferenceAction[];
}
