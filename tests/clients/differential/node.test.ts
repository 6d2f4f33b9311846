/** This package's signer against the official Node SDK's, on random requests. */

import { observeNode } from "./node-sdk.ts";
import { compareWith } from "./run.ts";

compareWith("node", observeNode, 450);
