/** The module of the diagnosis. */

import { Glue } from "./glue.ts";

type Exports = typeof import("../built/diagnose.js");

export const diagnose: Glue<Exports> = new Glue(() =>
  Promise.all([import("../built/diagnose.js"), import("#module/diagnose")]),
);
