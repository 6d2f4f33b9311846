export { runPage } from "../pages/run.ts";
