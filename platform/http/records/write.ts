import { createHash } from 'node:crypto';
import { saveMany, type BulkOperation } from '#platform/data/save/bulk.ts';
import type { Saved } from '#platform/data/save/change.ts';
import { idempotent, type StoredAnswer } from '#platform/data/save/idempotent.ts';
import { saveRecord } from '#platform/data/save/save.ts';
import { upsertRecord } from '#platform/data/save/upsert.ts';
import { runCommand } from '#platform/data/commands/run-command.ts';
import type { Transaction } from '#platform/data/database.ts';
import { Refusal } from '#platform/kernel/errors.ts';
import { isRecord } from '#platform/kernel/is-record.ts';
import { didYouMean } from '#platform/kernel/nearest.ts';
import { BULK_BODY_MAX, readObject } from '../body.ts';
import { idempotencyKey, ifMatch, pathParameter } from '../request.ts';
import { sendJson, type Call } from './call.ts';

type Body = { readonly [key: string]: unknown };

/** POST a collection: 201 with Location and ETag. */
export async function create(call: Call): Promise<void> {
  const body = await readObject(call.request);
  await once(call, body, async (transaction) => {
    const saved = await saveRecord(
      call.api.store,
      call.caller,
      { operation: 'create', object: call.object, values: body },
      inside(transaction),
    );
    return answerOf(call, saved, 201);
  });
}

/** PATCH a record: a JSON merge patch (RFC 7396). */
export async function update(call: Call): Promise<void> {
  const values = await readObject(call.request);
  const version = ifMatch(call.request);
  const change = {
    operation: 'update',
    object: call.object,
    id: idOf(call),
    values,
    ...(version === undefined ? {} : { ifVersion: version }),
  } as const;
  send(call, answerOf(call, await saveRecord(call.api.store, call.caller, change), 200));
}

/** PUT by a unique field: changes or creates. */
export async function upsert(call: Call): Promise<void> {
  const values = await readObject(call.request);
  const key = { field: pathParameter(call.request, 'field'), value: pathParameter(call.request, 'value') };
  const saved = await upsertRecord(call.api.store, call.caller, { object: call.object, key, values });
  send(call, answerOf(call, saved, saved.created ? 201 : 200));
}

/** DELETE: to the recycle bin, or for good with `?permanent=true`. */
export async function remove(call: Call): Promise<void> {
  const version = ifMatch(call.request);
  const operation = call.request.query['permanent'] === 'true' ? 'purge' : 'delete';
  await saveRecord(call.api.store, call.caller, {
    operation,
    object: call.object,
    id: idOf(call),
    ...(version === undefined ? {} : { ifVersion: version }),
  });
  call.response.statusCode = 204;
  call.response.end();
}

/** POST …/{id}/restore: back from the recycle bin. */
export async function restore(call: Call): Promise<void> {
  const saved = await saveRecord(call.api.store, call.caller, {
    operation: 'restore',
    object: call.object,
    id: idOf(call),
  });
  send(call, answerOf(call, saved, 200));
}

/** POST …/{id}/actions/{command}: a verb of the object, its input as the body. */
export async function command(call: Call): Promise<void> {
  const input = await readObject(call.request);
  const wanted = pathParameter(call.request, 'command');
  const definition = call.object.commands.find((one) => kebab(one.name) === wanted);
  const known = call.object.commands.map((one) => kebab(one.name));
  if (!definition)
    throw new Refusal('not_found', `${call.object.label.en} has no command ${wanted.slice(0, 60)}.${didYouMean(wanted, known)}`);
  const version = ifMatch(call.request);
  await once(call, input, async (transaction) => {
    const asked = {
      object: call.object,
      id: idOf(call),
      command: definition,
      input,
      ...(version === undefined ? {} : { ifVersion: version }),
    };
    return {
      status: 200,
      headers: {},
      body: await runCommand(call.api.store, call.caller, asked, inside(transaction)),
    };
  });
}

/** POST …/bulk: up to a thousand operations, results in their order. */
export async function bulk(call: Call): Promise<void> {
  const body = await readObject(call.request, BULK_BODY_MAX);
  const operations = operationsOf(body);
  await once(call, body, async (transaction) => {
    const results = await saveMany(
      call.api.store,
      call.caller,
      { object: call.object, atomic: body['atomic'] === true, operations },
      inside(transaction),
    );
    const texts = results.map((result) =>
      'refusal' in result
        ? JSON.stringify({
            status: result.refusal.status,
            problem: {
              code: result.refusal.code,
              detail: result.refusal.message,
              errors: result.refusal.details.errors ?? [],
            },
          })
        : `{"status":${result.status},"record":${result.saved.json}}`,
    );
    return { status: 200, headers: {}, body: `{"results":[${texts.join(',')}]}` };
  });
}

/** With an Idempotency-Key the request runs once and its answer is given again; without one it just runs. */
async function once(call: Call, body: Body, run: (transaction?: Transaction) => Promise<StoredAnswer>): Promise<void> {
  const key = idempotencyKey(call.request);
  if (key === undefined) return send(call, await run());
  const fingerprint = createHash('sha256')
    .update(`${call.request.method} ${call.request.originalUrl}\n${JSON.stringify(body)}`)
    .digest('hex');
  const answer = await idempotent(call.api.store, call.caller, { key, fingerprint }, run);
  if (answer.replayed) call.response.setHeader('Idempotency-Replayed', 'true');
  send(call, answer);
}

function inside(transaction: Transaction | undefined): { transaction?: Transaction } {
  return transaction ? { transaction } : {};
}

function answerOf(call: Call, saved: Saved, status: number): StoredAnswer {
  const location = status === 201 ? { Location: `/api/${call.api.store.module.name}/${call.object.collection}/${saved.id}` } : {};
  return { status, headers: { ETag: `"${saved.version}"`, ...location }, body: saved.json };
}

function send(call: Call, answer: StoredAnswer): void {
  for (const [name, value] of Object.entries(answer.headers)) call.response.setHeader(name, value);
  sendJson(call.response, answer.status, answer.body);
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

function idOf(call: Call): string {
  const id = pathParameter(call.request, 'id');
  if (!UUID.test(id)) throw new Refusal('not_found', `There is no ${call.object.label.en} ${id.slice(0, 40)}.`);
  return id.toLowerCase();
}

/** A command as it stands in paths: `convertToOrder` → `convert-to-order`. */
export function kebab(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

function operationsOf(body: Body): readonly BulkOperation[] {
  const unknown = Object.keys(body).find((key) => key !== 'atomic' && key !== 'operations');
  if (unknown !== undefined)
    throw new Refusal('unknown_name', `A bulk request has no ${unknown.slice(0, 40)}.${didYouMean(unknown, ['atomic', 'operations'])}`);
  const list = body['operations'];
  if (!Array.isArray(list))
    throw new Refusal('malformed_request', 'Send {"atomic": true, "operations": [{"op": "create", "record": {…}}, …]}.');
  return list.map(operationOf);
}

function operationOf(value: unknown, position: number): BulkOperation {
  const one = isRecord(value) ? value : {};
  const record = isRecord(one['record']) ? one['record'] : {};
  const text = (key: string): string => {
    const found = one[key];
    if (typeof found === 'string' || typeof found === 'number') return String(found);
    throw malformed(position, `needs ${key}`);
  };
  const id = (): string => {
    if (!UUID.test(text('id'))) throw malformed(position, 'needs the id of a record');
    return text('id');
  };
  switch (one['op']) {
    case 'create':
      return { op: 'create', record };
    case 'update':
      return {
        op: 'update',
        id: id(),
        record,
        ...(typeof one['version'] === 'number' ? { version: one['version'] } : {}),
      };
    case 'delete':
      return { op: 'delete', id: id() };
    case 'upsert':
      return { op: 'upsert', by: text('by'), value: text('value'), record };
    default:
      throw malformed(position, 'needs op: create, update, delete or upsert');
  }
}

function malformed(position: number, what: string): Refusal {
  return new Refusal('malformed_request', `Operation ${position + 1} ${what}.`, {
    errors: [{ pointer: `/operations/${position}`, rule: 'operation', message: `Operation ${position + 1} ${what}.` }],
  });
}
