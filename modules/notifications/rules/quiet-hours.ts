import { momentIn, nextClockChange } from '#platform/kernel/dates.ts';

/** From when until when nobody is to be disturbed, as clocks show it (`22:00:00`): past midnight where it ends before it begins. */
export type QuietHours = { readonly from: string; readonly until: string };

/** Two people's hours in turn, and clocks that change between them, have ended after so many steps, or never do. */
const STEPS_MAX = 12;
const DAY_SECONDS = 86_400;

/**
 * The first instant from another on at which clocks in an IANA zone show a time outside of all these hours; null where it is one already.
 * Where together they leave no time of day, the first of them alone counts.
 */
export function endOfQuiet(at: string, hours: readonly QuietHours[], timeZone: string): string | null {
  let now = wholeSecond(at);
  for (let step = 0; step < STEPS_MAX; step += 1) {
    const within = hours.find((one) => isWithin(shownIn(timeZone, now), one));
    if (!within) return step === 0 ? null : now;
    now = goOn(now, within, timeZone);
  }
  return hours.length > 1 ? endOfQuiet(at, hours.slice(0, 1), timeZone) : now;
}

/** To the end of the hours, but not past a change of clocks: what they show then is looked at anew. */
function goOn(now: string, { until }: QuietHours, timeZone: string): string {
  const ahead = (secondsOf(until) - secondsOf(shownIn(timeZone, now)) + DAY_SECONDS) % DAY_SECONDS;
  const end = new Date(Date.parse(now) + ahead * 1000);
  const change = nextClockChange(timeZone, now);
  return change !== null && Date.parse(change) < end.getTime() ? change : end.toISOString();
}

function isWithin(shown: string, { from, until }: QuietHours): boolean {
  return from < until ? from <= shown && shown < until : from <= shown || shown < until;
}

function shownIn(timeZone: string, instant: string): string {
  return momentIn(timeZone, instant).slice(11);
}

function wholeSecond(instant: string): string {
  return new Date(Math.floor(Date.parse(instant) / 1000) * 1000).toISOString();
}

function secondsOf(time: string): number {
  const [hours = 0, minutes = 0, seconds = 0] = time.split(':').map(Number);
  return (hours * 60 + minutes) * 60 + seconds;
}
