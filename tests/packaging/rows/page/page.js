import { load } from "./library.js";
import { suite } from "./suite.js";

globalThis.run = async (servers) => suite(await load(), servers);
