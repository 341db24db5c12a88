import { aggregateRecords } from '#platform/data/read/aggregate.ts';
import { readHistory } from '#platform/data/read/history.ts';
import { survivorOf } from '#platform/data/merge/aliases.ts';
import { listRecords } from '#platform/data/read/list.ts';
import { lookupRecords } from '#platform/data/read/lookup.ts';
import { parseListQuery, parseSelection, type ListQuery } from '#platform/data/read/query.ts';
import { findRecord, getRecord, type FoundRecord, type Key } from '#platform/data/read/record.ts';
import type { Selection } from '#platform/data/read/selection.ts';
import { readSource } from '#platform/data/read/source.ts';
import { Refusal } from '#platform/kernel/errors.ts';
import { parseObject, plainText } from '#platform/kernel/json.ts';
import { BULK_BODY_MAX, readObject } from '../body.ts';
import { pathParameter } from '../request.ts';
import { sendJson, type Call } from './call.ts';
import { limitOf, parameters } from './parameters.ts';
import { viewed } from './viewed.ts';

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
  if (!found && (await leadOn(call, await survivorOf(call.api.store.database.read, id)))) return;
  sendFound(call, found, id);
}

/** GET one record by a unique field; `companyId` says of which company where the field is unique in each company only. */
export async function getBy(call: Call): Promise<void> {
  const value = pathParameter(call.request, 'value');
  const source = readSource(call.api.store, call.caller);
  const { companyId, ...selection } = call.request.query;
  if (companyId !== undefined && typeof companyId !== 'string') throw new Refusal('malformed_request', 'companyId is given once.');
  const by = { field: pathParameter(call.request, 'field'), value, companyId };
  const found = await findRecord(source, call.object, by, parseSelection(selection));
  if (!found && (await leadOn(call, await survivorBy(call, by)))) return;
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

async function answerList(call: Call, asked: ListQuery): Promise<void> {
  const source = readSource(call.api.store, call.caller);
  sendJson(call.response, 200, await listRecords(source, call.object, await viewed(call, asked, source)));
}

/** A merged record keeps its number and its other keys; they lead to the one that stands for it. */
async function survivorBy({ api, caller, object }: Call, by: Key): Promise<string | null> {
  const gone = await findRecord(readSource(api.store, caller), object, by, { fields: ['id'], deleted: 'only' });
  return gone && survivorOf(api.store.database.read, plainText(parseObject(gone.json)['id']));
}

/** The way to the record that stands for a merged one, which clients follow by themselves. Whether the caller may read it is asked there. */
async function leadOn({ api, request, response, object }: Call, survivor: string | null): Promise<boolean> {
  if (survivor === null) return false;
  const [, asked] = request.originalUrl.split('?');
  const path = `/api/${api.store.module.name}/${object.collection}/${survivor}`;
  response.setHeader('Location', asked === undefined ? path : `${path}?${asked}`);
  sendJson(response, 301, JSON.stringify({ object: object.name, id: survivor }));
  return true;
}

function sendFound(call: Call, found: FoundRecord | null, named: string): void {
  if (!found) throw new Refusal('not_found', `There is no ${call.object.label.en} ${named.slice(0, 60)}.`);
  call.response.setHeader('ETag', `"${found.version}"`);
  sendJson(call.response, 200, found.json);
}

function selectionOf(call: Call): Selection {
  return call.request.url.includes('?') ? parseSelection(call.request.query) : {};
}
