/** What a dry run gives in place of an answer. */

import type { Form } from "./form.ts";

/** What became of a dry run. */
export type DryRun =
  | {
      dryRun: true;
      sent: false;
      /** What would be sent, but for the signature and the token. */
      request: {
        method: string;
        url: string;
        headers: Record<string, string>;
        body?: Form["body"];
      };
    }
  | { dryRun: true; sent: true; requestId: string };

/** What a call with these options gives. */
export type Reply<Answer, Options> = "dryRun" extends keyof Options
  ? Options["dryRun"] extends true
    ? DryRun
    : Options["dryRun"] extends false | undefined
      ? Answer
      : Answer | DryRun
  : Answer;
