/** What a dry run gives in place of an answer. */

import type { Form } from "./form.ts";
import type { Integers, Read } from "./integers.ts";

/** What became of a dry run. */
export type DryRun =
  | {
      dryRun: true;
      /** It was checked here. */
      sent: false;
      /** What would be sent, but for the signature and the token. */
      request: {
        method: string;
        url: string;
        headers: Record<string, string>;
        body?: Form["body"];
      };
    }
  | {
      dryRun: true;
      /** The service checked it. */
      sent: true;
      /** The service's id of the request. */
      requestId: string;
    };

/**
 * What a call with these options gives, of a client whose answered integers come as `Mode` says. Of a union of options,
 * what each of them gives.
 */
export type Reply<Answer, Options, Mode extends Integers> = Options extends unknown
  ? "dryRun" extends keyof Options
    ? Options["dryRun"] extends true
      ? DryRun
      : Options["dryRun"] extends false | undefined
        ? Read<Answer, Mode>
        : Read<Answer, Mode> | DryRun
    : Read<Answer, Mode>
  : never;
