import { saveMany, type BulkOperation, type BulkResult } from '#platform/data/save/bulk.ts';
import { shown } from '#platform/data/names.ts';
import { Refusal } from '#platform/kernel/errors.ts';
import { isUuid } from '#platform/kernel/uuid.ts';
import { isRecord } from '#platform/kernel/is-record.ts';
import { isList } from '#platform/kernel/json.ts';
import { didYouMean } from '#platform/kernel/nearest.ts';
import { BULK_BODY_MAX, readObject } from '../body.ts';
import { problemOf } from '../problem.ts';
import { inside, once, type Body } from './answer.ts';
import type { Call } from './call.ts';
import { parameters } from './parameters.ts';

/** POST …/bulk: up to a thousand operations, results in their order. */
export async function bulk(call: Call): Promise<void> {
  parameters(call.request, []);
  const body = await readObject(call.request, BULK_BODY_MAX);
  const asked = { object: call.object, ...bulkOf(body) };
  await once(call, body, async (transaction) => {
    const results = await saveMany(call.api.store, call.caller, asked, inside(transaction));
    return { status: 200, headers: {}, body: `{"results":[${results.map(resultText).join(',')}]}` };
  });
}

function resultText(result: BulkResult): string {
  if (!('refusal' in result)) return `{"status":${result.status},"record":${result.saved.json}}`;
  return JSON.stringify({ status: result.refusal.status, problem: problemOf(result.refusal) });
}

function bulkOf(body: Body): { atomic: boolean; operations: readonly BulkOperation[] } {
  refuseUnknown('A bulk request', body, ['atomic', 'operations']);
  const { atomic = false, operations } = body;
  if (typeof atomic !== 'boolean') throw new Refusal('malformed_request', 'atomic is true or false.');
  if (!isList(operations))
    throw new Refusal('malformed_request', 'Send {"atomic": true, "operations": [{"op": "create", "record": {…}}, …]}.');
  return { atomic, operations: operations.map(operationOf) };
}

const KEYS: { readonly [op in BulkOperation['op']]: readonly string[] } = {
  create: ['op', 'record'],
  update: ['op', 'id', 'record', 'version'],
  delete: ['op', 'id', 'version'],
  upsert: ['op', 'by', 'value', 'record'],
};

function operationOf(given: unknown, position: number): BulkOperation {
  const one = isRecord(given) ? given : {};
  const op = isOperation(one['op']) ? one['op'] : null;
  if (op === null) throw malformed(position, 'needs op: create, update, delete or upsert');
  refuseUnknown(`Operation ${position + 1} (${op})`, one, KEYS[op]);
  if (op === 'create') return { op, record: recordIn(one, position) };
  if (op === 'upsert')
    return { op, by: textIn(one, 'by', position), value: textIn(one, 'value', position), record: recordIn(one, position) };
  const id = textIn(one, 'id', position);
  if (!isUuid(id)) throw malformed(position, 'needs the id of a record');
  const version = versionIn(one, position);
  if (op === 'delete') return { op, id: id.toLowerCase(), ...version };
  return { op, id: id.toLowerCase(), record: recordIn(one, position), ...version };
}

function isOperation(op: unknown): op is BulkOperation['op'] {
  return typeof op === 'string' && Object.hasOwn(KEYS, op);
}

function recordIn(one: Body, position: number): Body {
  const { record } = one;
  if (!isRecord(record)) throw malformed(position, 'needs a record');
  return record;
}

function textIn(one: Body, key: string, position: number): string {
  const found = one[key];
  if (typeof found === 'string' || typeof found === 'number') return String(found);
  throw malformed(position, `needs ${key}`);
}

function versionIn(one: Body, position: number): { version?: number } {
  const { version } = one;
  if (version === undefined) return {};
  if (typeof version !== 'number' || !Number.isInteger(version)) throw malformed(position, 'has a version that is no whole number');
  return { version };
}

function refuseUnknown(what: string, given: Body, known: readonly string[]): void {
  const unknown = Object.keys(given).find((key) => !known.includes(key));
  if (unknown !== undefined) throw new Refusal('unknown_name', `${what} has no ${shown(unknown)}.${didYouMean(unknown, known)}`);
}

function malformed(position: number, what: string): Refusal {
  const message = `Operation ${position + 1} ${what}.`;
  return new Refusal('malformed_request', message, { errors: [{ pointer: `/operations/${position}`, rule: 'operation', message }] });
}
