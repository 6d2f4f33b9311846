/** The platform's clock in whole seconds since 1970. */

import { useEffect, useState } from "preact/hooks";

/** Moves while `moving`; else it stays at the last second that was seen. */
export function useSeconds(moving: boolean): number {
  const [seconds, setSeconds] = useState(read);
  useEffect(() => {
    if (!moving) return;
    setSeconds(read());
    const timer = setInterval(() => setSeconds(read()), 250);
    return () => clearInterval(timer);
  }, [moving]);
  return seconds;
}

function read(): number {
  return Math.floor(Date.now() / 1000);
}
