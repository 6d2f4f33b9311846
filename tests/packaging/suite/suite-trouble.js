/** The suite's side of the server that makes trouble. */

/** How late an end may come, or be seen by the server, on a busy machine: in milliseconds. */
export const LATE = 3000;

/**
 * What the trouble server is asked for, and what it saw: see `servers/trouble.ts`.
 *
 * @param {string} origin
 */
export function troubleOf(origin) {
  /**
   * @param {string} id
   * @returns {Promise<{ arrivals: number, executed: boolean, open: number, died: boolean }>}
   */
  const state = async (id) => {
    const answer = await fetch(`${origin}/state?id=${encodeURIComponent(id)}`);
    return answer.json();
  };
  /**
   * @param {string} id
   * @param {(state: { arrivals: number, open: number }) => boolean} holds
   */
  const until = async (id, holds) => {
    const end = Date.now() + LATE;
    for (;;) {
      const now = await state(id);
      if (holds(now)) return;
      if (Date.now() > end) throw new Error(`the server still sees ${JSON.stringify(now)}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  return {
    /** @param {"answer" | "echo" | "hang" | "die" | "die-limit" | "misdirected" | "misdirected-limit"} what */
    id: (what) => `${what}:${crypto.randomUUID()}`,
    state,
    /** @param {string} id */
    arrived: (id) => until(id, ({ arrivals }) => arrivals > 0),
    /**
     * @param {string} id
     * @param {number} times
     */
    closed: (id, times) => until(id, ({ arrivals, open }) => arrivals === times && open === 0),
  };
}
