import type { ServiceClient } from '#platform/access/service-client.ts';
import { Refusal } from '#platform/kernel/errors.ts';
import { isRecord } from '#platform/kernel/is-record.ts';
import { isList } from '#platform/kernel/json.ts';
import type { ObjectDefinition } from '#platform/kernel/model.ts';
import type { RecordValues } from '#platform/kernel/module.ts';
import { serviceNamed } from '#platform/kernel/services.ts';
import { namesOf, referring } from './references.ts';

/** One record with all that stands beside it: what happened to it, comments among it, and its files. */
export type Told = {
  readonly object: ObjectDefinition;
  readonly record: RecordValues;
  readonly timeline: readonly RecordValues[];
  readonly files: readonly RecordValues[];
};

/** An object of which not everything could be had, and why: the caller may not read it, its service did not answer, or there were too many. */
export type Missing = { readonly object: ObjectDefinition; readonly reason: 'not_allowed' | 'unreachable' | 'too_many' };

/** Asks a service with the credential of the caller, so that the answer is what they may see. */
export type Ask = (object: ObjectDefinition, path: string, body?: unknown) => Promise<{ readonly status: number; readonly body: unknown }>;

const PAGE = 100;
const RECORDS_MAX = 10_000;
const TIMELINE_MAX = 2_000;
const AT_ONCE = 5;

/** Asks by the service's own record API. */
export function askAs(client: Pick<ServiceClient, 'request'>, credential: string): Ask {
  return async (object, path, body) => {
    const service = serviceNamed(object.module)?.name;
    if (!service) return { status: 404, body: null };
    const call = { path: `/api/${service}/${object.collection}${path}`, credential } as const;
    return client.request(service, body === undefined ? { ...call, method: 'GET' } : { ...call, method: 'POST', body });
  };
}

/**
 * Everything that services know of a record: itself, and every record that refers to it, with what stands beside each. Told as it comes, so that it may be
 * long. What could not be had is told too, never left out in silence.
 */
export async function* collect(
  ask: Ask,
  {
    objects,
    subject,
    record,
  }: { readonly objects: readonly ObjectDefinition[]; readonly subject: ObjectDefinition; readonly record: RecordValues },
): AsyncGenerator<Told | Missing> {
  const id = String(record['id']);
  yield* beside(ask, subject, [record]);
  for (const { object, filter } of referring(objects, subject, { id, names: namesOf(subject, record) })) {
    let cursor: string | null = null;
    let count = 0;
    do {
      const page: Page = await pageOf(ask, object, { filter, cursor });
      if ('reason' in page) {
        yield { object, reason: page.reason };
        break;
      }
      yield* beside(ask, object, page.items);
      count += page.items.length;
      cursor = page.next;
      if (cursor !== null && count >= RECORDS_MAX) yield { object, reason: 'too_many' };
    } while (cursor !== null && count < RECORDS_MAX);
  }
}

type Page = { readonly items: readonly RecordValues[]; readonly next: string | null } | Pick<Missing, 'reason'>;

async function pageOf(ask: Ask, object: ObjectDefinition, { filter, cursor }: { filter: unknown; cursor: string | null }): Promise<Page> {
  const body = { filter, limit: PAGE, ...(cursor === null ? {} : { cursor }) };
  const answer = await ask(object, '/query', body).catch(unreachable);
  if (answer === null) return { reason: 'unreachable' };
  if (answer.status !== 200 || !isRecord(answer.body)) return { reason: 'not_allowed' };
  const { items, next } = answer.body;
  return { items: recordsIn(items), next: typeof next === 'string' ? next : null };
}

async function* beside(ask: Ask, object: ObjectDefinition, records: readonly RecordValues[]): AsyncGenerator<Told> {
  for (let at = 0; at < records.length; at += AT_ONCE)
    yield* await Promise.all(records.slice(at, at + AT_ONCE).map((record) => told(ask, object, record)));
}

async function told(ask: Ask, object: ObjectDefinition, record: RecordValues): Promise<Told> {
  const id = String(record['id']);
  const timeline: RecordValues[] = [];
  let cursor: unknown = null;
  do {
    const path = `/${id}/timeline?limit=200${typeof cursor === 'string' ? `&cursor=${encodeURIComponent(cursor)}` : ''}`;
    const answer = await ask(object, path).catch(unreachable);
    const body = answer?.status === 200 && isRecord(answer.body) ? answer.body : {};
    timeline.push(...recordsIn(body['items']));
    cursor = body['next'];
  } while (typeof cursor === 'string' && timeline.length < TIMELINE_MAX);
  const files = await ask(object, `/${id}/files`).catch(unreachable);
  return { object, record, timeline, files: isRecord(files?.body) ? recordsIn(files.body['items']) : [] };
}

function recordsIn(items: unknown): readonly RecordValues[] {
  return isList(items) ? items.filter(isRecord) : [];
}

function unreachable(error: unknown): null {
  if (error instanceof Refusal) return null;
  throw error;
}
