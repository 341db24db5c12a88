import { addDays, instantIn, momentIn } from '#platform/kernel/dates.ts';

/** When letters leave that have several messages in them: every day, or on one of the week, at a time as clocks show it (`08:00:00`). */
export type Rhythm = ({ readonly rhythm: 'daily' } & Leaving) | ({ readonly rhythm: 'weekly'; readonly day: string } & Leaving);

type Leaving = { readonly at: string };

/** The days of the week from Sunday on, as JavaScript counts them. */
const WEEK = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const;

/** The next instant after another at which such a letter leaves; a time that clocks leave out on a day is when they have been put forward. */
export function nextSlot(after: string, leaving: Rhythm, timeZone: string): string {
  const today = momentIn(timeZone, after).slice(0, 10);
  for (let ahead = 0; ahead <= WEEK.length; ahead += 1) {
    const day = addDays(today, ahead);
    if (leaving.rhythm === 'weekly' && WEEK[new Date(`${day}T00:00:00Z`).getUTCDay()] !== leaving.day) continue;
    const slot = instantIn(timeZone, `${day}T${leaving.at}`);
    if (slot !== null && Date.parse(slot) > Date.parse(after)) return slot;
  }
  throw new Error(`There is no ${leaving.rhythm} letter at ${leaving.at} in ${timeZone}.`);
}
