import { instantIn, momentIn } from '#platform/kernel/dates.ts';

/** What clocks show at an instant, in milliseconds as if it were UTC; null where they show the same at another one too, so that it cannot be told by them. */
export type Clock = (instant: string) => number | null;

/** Offsets of zones change at a quarter of an hour. */
const QUARTER_MILLISECONDS = 900_000;
const QUARTERS_MOST = 20_000;

/** The clocks of an IANA zone; what they were found to show is kept, for a file has many instants of few days. */
export function openClock(timeZone: string): Clock {
  const offsets = new Map<number, number | null>();
  return (instant) => {
    const at = Date.parse(instant);
    const quarter = Math.floor(at / QUARTER_MILLISECONDS);
    let offset = offsets.get(quarter);
    if (offset === undefined) {
      if (offsets.size >= QUARTERS_MOST) offsets.clear();
      offset = offsetWithin(timeZone, quarter * QUARTER_MILLISECONDS);
      offsets.set(quarter, offset);
    }
    return offset === null ? null : at + offset;
  };
}

/** The offset of a quarter of an hour that begins then; null where it changes within, or where the clocks show it twice. */
function offsetWithin(timeZone: string, begins: number): number | null {
  const first = offsetAt(timeZone, begins);
  return first === offsetAt(timeZone, begins + QUARTER_MILLISECONDS - 1000) ? first : null;
}

function offsetAt(timeZone: string, at: number): number | null {
  const shown = momentIn(timeZone, new Date(at).toISOString());
  const meant = instantIn(timeZone, shown);
  return meant !== null && Date.parse(meant) === at ? Date.parse(`${shown}Z`) - at : null;
}
