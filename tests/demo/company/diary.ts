import { addDays, daysBetween } from '#platform/kernel/dates.ts';

/** What is to be done on a day. */
export type Step = (day: string) => Promise<void>;

/**
 * What a company does, by day. Steps of a day are done together, days one after the other, as numbers of documents want it; what a step plans for
 * its own day is done on it, what it plans for a day that is over or after the last is not.
 */
export type Diary = {
  readonly first: string;
  readonly last: string;
  readonly on: (day: string, step: Step) => void;
  /** So many days later, on the next working day. */
  readonly after: (day: string, days: number, step: Step) => void;
  readonly play: (onDay: (done: number) => void) => Promise<void>;
};

const AT_ONCE = 6;

/** A diary from one day to another (`2026-01-31`), both included. */
export function openDiary(first: string, last: string): Diary {
  const pages = new Map<string, Step[]>();
  const on = (day: string, step: Step): void => void pages.set(day, [...(pages.get(day) ?? []), step]);
  return {
    first,
    last,
    on,
    after: (day, days, step) => on(workday(addDays(day, days)), step),
    play: async (onDay) => {
      const days = daysBetween(first, last) + 1;
      for (let at = 0; at < days; at += 1) {
        const day = addDays(first, at);
        for (let steps = pages.get(day); steps; steps = pages.get(day)) {
          pages.delete(day);
          await together(steps, day);
        }
        onDay(at + 1);
      }
    },
  };
}

/** The day itself, or the Monday after it. */
export function workday(day: string): string {
  const weekday = new Date(day).getUTCDay();
  if (weekday === 6) return addDays(day, 2);
  return weekday === 0 ? addDays(day, 1) : day;
}

async function together(steps: readonly Step[], day: string): Promise<void> {
  const waiting = [...steps];
  const work = async (): Promise<void> => {
    for (let step = waiting.shift(); step; step = waiting.shift()) await step(day);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}
