/** The module of what takes the platform's own objects. */

import { Glue } from "./glue.ts";

type Exports = typeof import("../built/web.js");

export const web: Glue<Exports> = new Glue(() =>
  Promise.all([import("../built/web.js"), import("#module/web")]),
);
