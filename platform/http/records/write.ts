import { saveRecord } from '#platform/data/save/save.ts';
import { tryCreate } from '#platform/data/save/try-create.ts';
import { upsertRecord } from '#platform/data/save/upsert.ts';
import { readObject } from '../body.ts';
import { ifMatch, pathParameter } from '../request.ts';
import { answerOf, idOf, inside, once, send } from './answer.ts';
import type { Call } from './call.ts';
import { flag, parameters } from './parameters.ts';

/** POST a collection: 201 with Location and ETag; with `?dryRun=true` 200 with what it would be, and nothing is kept. */
export async function create(call: Call): Promise<void> {
  const { dryRun } = parameters(call.request, ['dryRun']);
  const values = await readObject(call.request);
  const change = { operation: 'create', object: call.object, values } as const;
  if (flag('dryRun', dryRun)) {
    const { json } = await tryCreate(call.api.store, call.caller, change);
    return send(call, { status: 200, headers: {}, body: json });
  }
  await once(call, values, async (transaction) =>
    answerOf(call, await saveRecord(call.api.store, call.caller, change, inside(transaction)), 201),
  );
}

/** PATCH a record: a JSON merge patch (RFC 7396). */
export async function update(call: Call): Promise<void> {
  parameters(call.request, []);
  const values = await readObject(call.request);
  const change = { operation: 'update', object: call.object, id: idOf(call), values, ...expected(call) } as const;
  send(call, answerOf(call, await saveRecord(call.api.store, call.caller, change), 200));
}

/** PUT by a unique field: changes or creates. */
export async function upsert(call: Call): Promise<void> {
  parameters(call.request, []);
  const values = await readObject(call.request);
  const key = { field: pathParameter(call.request, 'field'), value: pathParameter(call.request, 'value') };
  const saved = await upsertRecord(call.api.store, call.caller, { object: call.object, key, values, ...expected(call) });
  send(call, answerOf(call, saved, saved.created ? 201 : 200));
}

/** DELETE: to the recycle bin, or for good with `?permanent=true`. */
export async function remove(call: Call): Promise<void> {
  const { permanent } = parameters(call.request, ['permanent']);
  const operation = flag('permanent', permanent) ? 'purge' : 'delete';
  await saveRecord(call.api.store, call.caller, { operation, object: call.object, id: idOf(call), ...expected(call) });
  call.response.statusCode = 204;
  call.response.end();
}

/** POST …/{id}/restore: back from the recycle bin. */
export async function restore(call: Call): Promise<void> {
  parameters(call.request, []);
  await once(call, await readObject(call.request), async (transaction) => {
    const change = { operation: 'restore', object: call.object, id: idOf(call), ...expected(call) } as const;
    return answerOf(call, await saveRecord(call.api.store, call.caller, change, inside(transaction)), 200);
  });
}

/** The version that the caller has in view. */
function expected(call: Call): { ifVersion?: number } {
  const version = ifMatch(call.request);
  return version === undefined ? {} : { ifVersion: version };
}
