/** The sandbox's clock in whole seconds since 1970. */

import { useEffect, useState } from "preact/hooks";
import type { SandboxClock } from "../api.ts";

/** Moves while `moving`; else it stays at the last second that was seen. */
export function useSeconds(clock: SandboxClock, moving = true): number {
  const read = () => Math.floor(clock.now() / 1000);
  const [seconds, setSeconds] = useState(read);
  useEffect(() => {
    if (!moving) return;
    const look = () => setSeconds(read());
    look();
    const timer = setInterval(look, 250);
    // At once: what is signed by a clock that was is refused.
    const end = clock.onSet(look);
    return () => {
      clearInterval(timer);
      end();
    };
  }, [clock, moving]);
  return seconds;
}
