import { aggregateRecords } from '#platform/data/read/aggregate.ts';
import { readHistory } from '#platform/data/read/history.ts';
import { listRecords } from '#platform/data/read/list.ts';
import { lookupRecords } from '#platform/data/read/lookup.ts';
import { parseListQuery, parseSelection, type ListQuery } from '#platform/data/read/query.ts';
import { findRecord, getRecord, type FoundRecord } from '#platform/data/read/record.ts';
import type { Selection } from '#platform/data/read/selection.ts';
import { withView } from '#platform/data/read/query-view.ts';
import { readSource } from '#platform/data/read/source.ts';
import { Refusal } from '#platform/kernel/errors.ts';
import { BULK_BODY_MAX, readObject } from '../body.ts';
import { pathParameter } from '../request.ts';
import { sendJson, type Call } from './call.ts';
import { limitOf, parameters } from './parameters.ts';

const HISTORY_LIMIT = 50;
const LOOKUP_LIMIT = 10;

/** GET a collection. */
export async function list(call: Call): Promise<void> {
  await answerList(call, parseListQuery(call.request.query, 'url'));
}

/** POST …/query: a list whose query is the body. */
export async function query(call: Call): Promise<void> {
  parameters(call.request, []);
  await answerList(call, parseListQuery(await readObject(call.request, BULK_BODY_MAX), 'body'));
}

/** POST …/aggregate. */
export async function aggregate(call: Call): Promise<void> {
  parameters(call.request, []);
  const body = await readObject(call.request, BULK_BODY_MAX);
  sendJson(call.response, 200, await aggregateRecords(readSource(call.api.store, call.caller), call.object, body));
}

/** GET one record by id; its ETag is its version. */
export async function get(call: Call): Promise<void> {
  const id = pathParameter(call.request, 'id');
  const found = await getRecord(readSource(call.api.store, call.caller), call.object, id, selectionOf(call));
  sendFound(call, found, id);
}

/** GET one record by a unique field. */
export async function getBy(call: Call): Promise<void> {
  const value = pathParameter(call.request, 'value');
  const found = await findRecord(
    readSource(call.api.store, call.caller),
    call.object,
    { field: pathParameter(call.request, 'field'), value },
    selectionOf(call),
  );
  sendFound(call, found, value);
}

/** GET …/lookup?q=: as somebody types. */
export async function lookup(call: Call): Promise<void> {
  const given = parameters(call.request, ['q', 'limit', 'fields']);
  const { fields } = parseSelection(given['fields'] === undefined ? {} : { fields: given['fields'] });
  const asked = { q: given['q'] ?? '', limit: limitOf(given['limit'], LOOKUP_LIMIT), fields };
  sendJson(call.response, 200, await lookupRecords(readSource(call.api.store, call.caller), call.object, asked));
}

/** GET …/{id}/history: what changed, newest first. */
export async function history(call: Call): Promise<void> {
  const given = parameters(call.request, ['cursor', 'limit']);
  const page = { cursor: given['cursor'], limit: limitOf(given['limit'], HISTORY_LIMIT) };
  sendJson(
    call.response,
    200,
    await readHistory(readSource(call.api.store, call.caller), call.object, pathParameter(call.request, 'id'), page),
  );
}

async function answerList({ api, caller, object, response }: Call, asked: ListQuery): Promise<void> {
  const source = readSource(api.store, caller);
  sendJson(response, 200, await listRecords(source, object, withView(asked, object, source)));
}

function sendFound(call: Call, found: FoundRecord | null, named: string): void {
  if (!found) throw new Refusal('not_found', `There is no ${call.object.label.en} ${named.slice(0, 60)}.`);
  call.response.setHeader('ETag', `"${found.version}"`);
  sendJson(call.response, 200, found.json);
}

function selectionOf(call: Call): Selection {
  return call.request.url.includes('?') ? parseSelection(call.request.query) : {};
}
