export { POST } from "../../answer.js";
export const runtime = "edge";
