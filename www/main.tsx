/** Puts the page into its document; everything else is below `app/`. */

import { render } from "preact";
import "./tokens.css";
import { Page } from "./app/page.tsx";

const root = document.getElementById("app");
if (root) render(<Page />, root);
