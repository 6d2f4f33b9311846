/** The sandbox's clock: a slider from its present time on. It never goes back: what has happened would lie ahead of it. */

import { Slider } from "../ui/slider.tsx";
import { number } from "./orders.ts";
import { utc } from "./time.ts";

const HOUR = 3600;
const MOST_HOURS = 120 * 24;

interface ClockSliderProps {
  /** In seconds since 1970. */
  now: number;
  /** In seconds from now. */
  ahead: number;
  onMove: (ahead: number) => void;
  /** Moves the clock on, in milliseconds. */
  onSet: (ms: number) => Promise<void>;
}

export function ClockSlider({ now, ahead, onMove, onSet }: ClockSliderProps) {
  const text = ahead > 0 ? `on by ${long(ahead / HOUR)}, to ${utc(now + ahead)}` : "not moved";
  const set = async (hours: number) => {
    if (hours > 0) await onSet(hours * HOUR * 1000);
    onMove(0);
  };
  return (
    <Slider
      label="The sandbox’s clock"
      value={ahead / HOUR}
      most={MOST_HOURS}
      text={text}
      onInput={(hours) => onMove(hours * HOUR)}
      onSet={(hours) => void set(hours)}
      hint={
        <>
          {utc(now)}
          {ahead > 0 ? ` – ${text}` : "; up to 120 days ahead, and never back."}
        </>
      }
    />
  );
}

/** Such as `12 days 3 hours`. */
function long(hours: number): string {
  const [days, rest] = [Math.floor(hours / 24), hours % 24];
  const parts = [days > 0 && number(days, "day"), rest > 0 && number(rest, "hour")];
  return parts.filter(Boolean).join(" ");
}
