import type { Message, NotificationRule } from '#metadata/records.gen.ts';
import { addDays, isDay } from '#platform/kernel/dates.ts';
import { Refusal } from '#platform/kernel/errors.ts';
import { plainText } from '#platform/kernel/json.ts';
import type { Job, RecordValues, Work } from '#platform/kernel/module.ts';
import { dayIn } from '#platform/kernel/relative-date.ts';
import { aroundOf } from '../items/around.ts';
import { tell } from '../items/tell.ts';

const RULES_MAX = 200;
/** Days that are made up for where nobody told of them in time, or the record came later. */
const LATE_DAYS = 2;
/** Clocks of the world are up to 14 hours ahead of UTC and 12 behind: the owner is asked for so much more. */
const ZONES_DAYS = 1;

/**
 * Tells of days that come, so many days before or after them, as rules say. The owner of the records is asked for those whose day it may be; whether it is,
 * the calendar of their company says. Of one day of a record each recipient is told once, however often this looks.
 */
export const tellOfDays = (publicUrl: string): Job => ({
  name: 'tellOfDays',
  schedule: '20 * * * *',
  steps: async (begin, _report, elsewhere) => {
    const problems: unknown[] = [];
    for (const rule of await begin(rulesOfDays)) {
      try {
        for await (const records of elsewhere.pages(rule.about, await begin((work) => Promise.resolve(wanted(work, rule)))))
          await begin((work) => tellOfAll(work, { rule, publicUrl }, records));
      } catch (error) {
        problems.push(error);
      }
    }
    // A rule whose field is gone keeps no other from being looked at.
    const faults = problems.filter((problem) => !(problem instanceof Refusal));
    if (faults.length > 0) throw faults[0];
  },
});

function rulesOfDays(work: Work): Promise<readonly NotificationRule[]> {
  return work.query<NotificationRule>('notification_rule', { filter: { active: true, when: 'date' }, sort: 'createdAt', limit: RULES_MAX });
}

type Days = { readonly from: string; readonly until: string };

/** The days of records of which a rule tells today. */
function daysOf({ offsetDays }: NotificationRule, today: string): Days {
  const until = addDays(today, -(offsetDays ?? 0));
  return { from: addDays(until, -LATE_DAYS), until };
}

function wanted(work: Work, rule: NotificationRule) {
  const { from, until } = daysOf(rule, work.now.slice(0, 10));
  const isInstant = work.fieldsOf(rule.about)?.get(rule.field ?? '')?.type === 'dateTime';
  const ends = { gte: addDays(from, -ZONES_DAYS), lte: addDays(until, ZONES_DAYS) };
  const asked = isInstant ? { gte: `${ends.gte}T00:00:00Z`, lte: `${ends.lte}T23:59:59Z` } : ends;
  return { filter: { [rule.field ?? '']: asked }, sort: 'id', limit: 100 };
}

type Place = { readonly rule: NotificationRule; readonly publicUrl: string };

async function tellOfAll(work: Work, { rule, publicUrl }: Place, records: readonly RecordValues[]): Promise<void> {
  const events = records.map((record) => eventOf(rule, record));
  const filter = { ruleId: rule.id, event: { in: events } };
  const told = await work.query<Message>('message', { filter, fields: 'event', limit: 1000 });
  const known = new Set(told.map(({ event }) => event));
  for (const record of records) {
    const event = eventOf(rule, record);
    if (known.has(event) || !(await isDayOf(work, rule, record))) continue;
    await tell(work, { rule, event, publicUrl }, record);
  }
}

/** What is told of once: this day of this record. */
function eventOf({ field }: NotificationRule, record: RecordValues): string {
  return `${plainText(record['id'])} ${plainText(record[field ?? ''])}`;
}

async function isDayOf(work: Work, rule: NotificationRule, record: RecordValues): Promise<boolean> {
  const { company } = await aroundOf(work, rule.about, record);
  const held = plainText(record[rule.field ?? '']);
  const day = isDay(held) ? held : dayIn(company?.timeZone ?? 'UTC', new Date(held));
  const { from, until } = daysOf(rule, work.today(company?.id));
  return from <= day && day <= until;
}
