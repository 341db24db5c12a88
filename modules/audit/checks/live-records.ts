import { isRecord } from '#platform/kernel/is-record.ts';
import { isList } from '#platform/kernel/json.ts';
import type { LongJobContext } from '#platform/kernel/long-job.ts';
import type { RecordValues } from '#platform/kernel/module.ts';

const PAGE = 500;

/** Where records are asked for: the service, its collection, and what of them is wanted, as the record API says it. */
export type Asked = { readonly service: string; readonly collection: string; readonly query: { readonly [parameter: string]: string } };

/** All records of another service that match, page by page, as they stand there now. */
export async function* liveRecords(job: LongJobContext, { service, collection, query }: Asked): AsyncGenerator<RecordValues> {
  for (let cursor: string | null = ''; cursor !== null;) {
    const asked = new URLSearchParams({ ...query, limit: String(PAGE), ...(cursor === '' ? {} : { cursor }) });
    const page: unknown = await job.ask(service, `/${collection}?${asked.toString()}`);
    const { items, next } = isRecord(page) ? page : {};
    yield* isList(items) ? items.filter(isRecord) : [];
    cursor = typeof next === 'string' ? next : null;
  }
}
