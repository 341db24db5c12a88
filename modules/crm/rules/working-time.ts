import { addDays, afterDuration, instantIn, momentIn } from '#platform/kernel/dates.ts';

/** When people are at work: days of the week, and from when until when, as clocks in an IANA zone show it (`08:00:00`). */
export type WorkingHours = {
  readonly days: readonly string[];
  readonly from: string;
  readonly until: string;
  readonly timeZone: string;
};

/** The days of the week from Sunday on, as ISO days are counted by JavaScript. */
const WEEK = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const;

const EPOCH = '2000-01-01T00:00:00Z';

/** Nobody is asked to answer later than in so many days. */
const DAYS_MAX = 400;

/** The instant at which so much working time (an ISO 8601 duration) has passed since another; null where there is hardly any working time. */
export function afterWorkingTime(start: string, duration: string, hours: WorkingHours): string | null {
  let left = Date.parse(afterDuration(EPOCH, duration)) - Date.parse(EPOCH);
  const firstDay = momentIn(hours.timeZone, start).slice(0, 10);
  for (let ahead = 0; ahead < DAYS_MAX; ahead += 1) {
    const window = windowOf(addDays(firstDay, ahead), hours);
    if (!window) continue;
    const from = Math.max(window.from, Date.parse(start));
    const worked = Math.max(0, window.until - from);
    if (worked > 0 && worked >= left) return new Date(from + left).toISOString();
    left -= worked;
  }
  return null;
}

/** Working time of a day in milliseconds of the epoch; null on a day off. */
function windowOf(day: string, { days, from, until, timeZone }: WorkingHours): { readonly from: number; readonly until: number } | null {
  const weekday = WEEK[new Date(`${day}T00:00:00Z`).getUTCDay()] ?? '';
  if (!days.includes(weekday)) return null;
  const [begins, ends] = [instantIn(timeZone, `${day}T${from}`), instantIn(timeZone, `${day}T${until}`)];
  return begins && ends ? { from: Date.parse(begins), until: Date.parse(ends) } : null;
}
