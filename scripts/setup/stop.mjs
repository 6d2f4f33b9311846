/** An end that people can act upon: its message says what happened and what to do next, so no stack is shown. */

export class Stop extends Error {}

/**
 * Runs a command's main function and turns what it throws into a message and an exit status.
 * @param {() => Promise<void>} main
 */
export async function command(main) {
  try {
    await main();
  } catch (error) {
    console.error(error instanceof Stop ? `\n${error.message}` : error);
    process.exitCode = 1;
  }
}
