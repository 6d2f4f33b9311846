export { POST } from "../../answer.js";
