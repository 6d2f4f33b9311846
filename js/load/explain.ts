/** The module of the texts for people. */

import { Glue } from "./glue.ts";

type Exports = typeof import("../built/explain.js");

export const explain: Glue<Exports> = new Glue(() =>
  Promise.all([import("../built/explain.js"), import("#module/explain")]),
);
