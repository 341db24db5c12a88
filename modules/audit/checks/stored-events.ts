import type { Event } from '#metadata/records.gen.ts';
import { isRecord } from '#platform/kernel/is-record.ts';
import type { LongJobContext } from '#platform/kernel/long-job.ts';
import type { Scope } from './check.ts';

const PAGE = 500;

/** An event of the store with what it carries. */
export type Stored = Pick<Event, 'id' | 'position' | 'type' | 'time' | 'actor' | 'subject' | 'object' | 'record'> & {
  readonly data: { readonly [name: string]: unknown };
};

/** Goes through the events of some types in the order of the chain, page by page, and tells how far it is; answers how many there were. */
export async function eachEvent(
  job: LongJobContext,
  { types, since }: Pick<Scope, 'since'> & { readonly types: readonly string[] },
  visit: (event: Stored) => void,
): Promise<number> {
  const total = Number((await job.begin((work) => work.eventStore.end())).position);
  let seen = 0;
  for (let after: string | null = '0'; after !== null;) {
    let page: readonly Stored[] = [];
    await job.step(async (work) => {
      const filter = { type: { in: types }, position: { gt: after }, ...(since === null ? {} : { time: { gte: since } }) };
      const fields = 'id,position,type,time,actor,subject,object,record,data';
      const found = await work.query<Event>('event', { filter, fields, sort: 'position', limit: PAGE });
      page = found.map((event) => ({ ...event, data: isRecord(event.data) ? event.data : {} }));
      return { done: page.length < PAGE ? total : Number(page.at(-1)?.position ?? total), total, checkpoint: null };
    });
    page.forEach(visit);
    seen += page.length;
    after = page.length < PAGE ? null : (page.at(-1)?.position ?? null);
  }
  return seen;
}
