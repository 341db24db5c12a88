import { addDays } from '#platform/kernel/dates.ts';
import { openDiary, workday } from './diary.ts';
import { planHappenings } from './happenings.ts';
import { leaveForToday, planLeads } from './leads.ts';
import { openTill } from './money.ts';
import { planMonths } from './month.ts';
import { officesOf } from './office.ts';
import { openCompany } from './opening.ts';
import { randomOf } from './random.ts';
import { planSale } from './sales.ts';

/** How the company is played: where, with whose key, so many days up to a day, and so many offers a week. */
export type Play = {
  readonly url: string;
  readonly token: string;
  readonly days: number;
  readonly until: string;
  readonly offersAWeek: number;
  readonly onDay: (done: number) => void;
};

/** Plays the company from its first day to its last, through the public API alone. Throws with what was refused, by its path. */
export async function playYear({ url, token, days, until, offersAWeek, onDay }: Play): Promise<void> {
  const officeOn = officesOf(url, token);
  const first = addDays(until, 1 - days);
  const diary = openDiary(first, until);
  const company = await openCompany(officeOn(first), first);
  const till = openTill({ company, diary, officeOn });
  planMonths({ company, diary, officeOn });
  planHappenings({ company, diary, officeOn });
  const random = randomOf(7);
  const sales = Math.round((days / 7) * offersAWeek);
  for (let sale = 0; sale < sales; sale += 1)
    planSale({ company, diary, officeOn, paid: till.plan }, workday(addDays(first, random.between(1, days - 1))), sale);
  planLeads({ company, diary, officeOn, paid: till.plan }, 1000);
  diary.on(until, (day) => leaveForToday({ company, diary, officeOn }, day));
  for (let day = addDays(first, 6); day <= until; day = addDays(day, 7)) diary.on(day, (today) => till.bringStatement(today));
  await diary.play(onDay);
}
