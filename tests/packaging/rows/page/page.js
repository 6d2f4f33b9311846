import { load } from "./library.js";
import { suite } from "./suite.js";

globalThis.run = async (servers, options) => suite(await load(), servers, options);
