/** The SDKs in other languages, as `tests/clients/<language>/run` sets them up. */

import type { Asked, Seen } from "../models/observed.ts";
import type { Shapes } from "../models/shapes.ts";
import { program } from "./lines.ts";
import type { Observed } from "./observed.ts";
import type { Call } from "./requests.ts";

// Without the compiled copies that Python would leave among the sources.
const PYTHON = ["target/clients/python/bin/python", "-B"] as const;
const MODELS = [...PYTHON, "tests/clients/python/models.py"] as const;

export const python = program<Call, Observed>(...PYTHON, "tests/clients/python/signer.py");
export const pythonModels = program<Asked, Seen>(...MODELS);
export const pythonShapes = program<{ shapes: true }, Shapes>(...MODELS);
export const go = program<Call, Observed>("target/clients/go/signer");
