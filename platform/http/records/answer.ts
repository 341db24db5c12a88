import { createHash } from 'node:crypto';
import type { Saved } from '#platform/data/save/change.ts';
import { idempotent, type StoredAnswer } from '#platform/data/save/idempotent.ts';
import type { Transaction } from '#platform/data/database.ts';
import { Refusal } from '#platform/kernel/errors.ts';
import { isUuid } from '#platform/kernel/uuid.ts';
import { idempotencyKey, pathParameter } from '../request.ts';
import { sendJson, type Call } from './call.ts';

/** The body of a request, parsed. */
export type Body = { readonly [key: string]: unknown };

/** With an Idempotency-Key the request runs once and its answer is given again; without one it just runs. */
export async function once(call: Call, body: Body, run: (transaction?: Transaction) => Promise<StoredAnswer>): Promise<void> {
  const key = idempotencyKey(call.request);
  if (key === undefined) return send(call, await run());
  const fingerprint = createHash('sha256')
    .update(`${call.request.method} ${call.request.originalUrl}\n${JSON.stringify(body)}`)
    .digest('hex');
  const answer = await idempotent(call.api.store, call.caller, { key, fingerprint }, run);
  if (answer.replayed) call.response.setHeader('Idempotency-Replayed', 'true');
  send(call, answer);
}

/** The options of a save that is part of a transaction, or of none. */
export function inside(transaction: Transaction | undefined): { transaction?: Transaction } {
  return transaction ? { transaction } : {};
}

/** What was saved, with its ETag; for a new record its address too. */
export function answerOf(call: Call, saved: Saved, status: number): StoredAnswer {
  const location = status === 201 ? { Location: `/api/${call.api.store.module.name}/${call.object.collection}/${saved.id}` } : {};
  return { status, headers: { ETag: `"${saved.version}"`, ...location }, body: saved.json };
}

/** Ends the answer. */
export function send(call: Call, answer: StoredAnswer): void {
  for (const [name, value] of Object.entries(answer.headers)) call.response.setHeader(name, value);
  sendJson(call.response, answer.status, answer.body);
}

/** The id in the path. One that is no id names nothing. */
export function idOf(call: Call): string {
  const id = pathParameter(call.request, 'id');
  if (!isUuid(id)) throw new Refusal('not_found', `There is no ${call.object.label.en} ${id.slice(0, 40)}.`);
  return id.toLowerCase();
}
