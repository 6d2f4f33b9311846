/**
 * `npm start -- --live`: refunds at the real service, as planned and after a person has said so.
 *
 * Its tests run it against the sandbox, by --endpoint.
 */

import { ApiError, CredentialError } from "tc3-edge";
import { openFileJournal } from "tc3-edge/refund/file";
import { endEarly, readArguments, UsageError } from "./live/arguments.mjs";
import { showPlan } from "./live/plan.ts";
import { planAndRefund } from "./live/run.ts";
import { missingCredentials, reach } from "./live/service.ts";
import { type Asked, Session } from "./live/session.ts";
import { describeError } from "./live/text.ts";

const args = process.argv.slice(2);
const asked = endEarly(args) ?? readArguments(args);
if (asked !== undefined) process.exitCode = typeof asked === "number" ? asked : await live(asked);

/** Gives the exit status. */
async function live(asked: Asked): Promise<number> {
  const session = new Session(asked);
  try {
    const service = await reach(asked);
    session.say(service.words);
    if (asked.planOnly) return await showPlan(session, service);
    const journal = await openFileJournal(asked.journal);
    try {
      return await planAndRefund(session, service, journal);
    } finally {
      await journal.close();
    }
  } catch (error) {
    session.say(`\n${missingCredentials(error) ?? describeError(error)}`);
    // What a defect of this program throws says nothing of what was sent.
    if (session.isSent) return 3;
    session.say("Nothing was sent.");
    return isUsage(error) ? 2 : 1;
  }
}

function isUsage(error: unknown): boolean {
  if (error instanceof UsageError || error instanceof CredentialError) return true;
  return error instanceof ApiError && error.code.startsWith("AuthFailure");
}
