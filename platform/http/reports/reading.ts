import type { Company } from '#metadata/records.gen.ts';
import { dayIn } from '#platform/kernel/relative-date.ts';
import { aggregateRecords } from '#platform/data/read/aggregate.ts';
import { listRecords, streamRecords } from '#platform/data/read/list.ts';
import { parseListQuery } from '#platform/data/read/query.ts';
import { fetchFacts } from '#platform/data/save/facts.ts';
import { companyNeed } from '#platform/documents/print-report.ts';
import { readSource, type ReadSource } from '#platform/data/read/source.ts';
import type { Store } from '#platform/data/store.ts';
import type { Caller } from '#platform/kernel/caller.ts';
import { Refusal } from '#platform/kernel/errors.ts';
import { isRecord } from '#platform/kernel/is-record.ts';
import { isList, parseObject } from '#platform/kernel/json.ts';
import type { ObjectDefinition } from '#platform/kernel/model.ts';
import type { RecordValues, WorkQuery } from '#platform/kernel/module.ts';
import type { Reading } from '#platform/kernel/report.ts';
import { trusted } from '#platform/kernel/seam.ts';
import { systemCaller } from '#platform/kernel/system-caller.ts';

/** More than this no report is worked out of at once. */
const RECORDS_MAX = 50_000;

/** What a report reads with, on behalf of its caller. */
export function readingFor(
  store: Store,
  caller: Caller,
  asked: { readonly language: 'en' | 'de'; readonly after: string | null },
): Reading {
  const source = readSource(store, caller);
  const objectNamed = (name: string): ObjectDefinition => {
    const object = source.schema.byName.get(name);
    if (!object) throw new Error(`The module ${store.module.name} has no object ${name}.`);
    return object;
  };
  return {
    today: dayIn(caller.timeZone, new Date()),
    ...asked,
    company: (id) => companyOf(store, id ?? caller.companyId),
    all: <R extends RecordValues>(name: string, query: object) => allOf<R>(source, objectNamed(name), query),
    page: async <R extends RecordValues>(name: string, query: WorkQuery, cursor: string | null) => {
      const parsed = parseListQuery(cursor === null ? query : { ...query, cursor }, 'body');
      const { items, next } = parseObject(await listRecords(source, objectNamed(name), parsed));
      return { items: trusted<readonly R[]>(items), next: typeof next === 'string' ? next : null };
    },
    sums: async <R extends RecordValues>(name: string, query: object) => {
      const text = await aggregateRecords(source, objectNamed(name), query, RECORDS_MAX);
      const { items } = parseObject(text);
      return trusted<readonly R[]>(isList(items) ? items.filter(isRecord) : []);
    },
  };
}

async function companyOf(store: Store, id: string | undefined): ReturnType<Reading['company']> {
  const index = store.schema();
  const source = { index, query: store.database.read, system: systemCaller(store.module.name) };
  const { company: found = [] } = await fetchFacts(source, companyNeed(index, id), new Map());
  const [company] = trusted<readonly Company[]>(found);
  return company ? { id: company.id, name: company.name, currency: company.currency, fiscalYearStart: company.fiscalYearStart } : null;
}

async function allOf<R extends RecordValues>(source: ReadSource, object: ObjectDefinition, query: object): Promise<readonly R[]> {
  const records: R[] = [];
  for await (const batch of streamRecords(source, object, parseListQuery(query, 'body'))) {
    records.push(...batch.map((text) => trusted<R>(parseObject(text))));
    if (records.length > RECORDS_MAX)
      throw new Refusal('limit_reached', {
        en: `The report would be of more than ${RECORDS_MAX} ${object.pluralLabel.en}. Ask for less at once.`,
        de: `Der Bericht wäre über mehr als ${RECORDS_MAX} ${object.pluralLabel.de ?? object.pluralLabel.en}. Fragen Sie weniger auf einmal ab.`,
      });
  }
  return records;
}
