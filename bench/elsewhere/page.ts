/** A page that times the ways by itself, when it is asked to. */

import { rounds } from "../rounds.ts";
import { ways } from "./ways.ts";

Object.assign(globalThis, { timeAll: () => rounds(ways) });
