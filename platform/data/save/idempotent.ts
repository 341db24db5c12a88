import { parseObject, plainText } from '#platform/kernel/json.ts';
import { setTimeout as sleep } from 'node:timers/promises';
import { Refusal } from '#platform/kernel/errors.ts';
import type { Caller } from '#platform/kernel/caller.ts';
import type { Transaction } from '../database.ts';
import { underNewestSchema } from '../newer-schema.ts';
import type { Store } from '../store.ts';

/** An answer that can be given again: status, the headers that belong to it, and its body as text. */
export type StoredAnswer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

/** The client's key, and a fingerprint of method, path and body. */
export type IdempotencyKey = { readonly key: string; readonly fingerprint: string };

const KEPT = '72 hours';
const RETRY_SECONDS = 1;

/**
 * Runs a request once per (caller, key): the key's row, the effect and the answer commit together, so that a crash leaves all or nothing.
 * The same key with another request is refused (`key_reused`); one that is still running answers `still_running`. A refusal is not kept: it had no effect.
 */
export async function idempotent(
  store: Store,
  caller: Caller,
  key: IdempotencyKey,
  run: (transaction: Transaction) => Promise<StoredAnswer>,
): Promise<StoredAnswer & { replayed: boolean }> {
  const known = await answered(store, caller, key);
  if (known) return { ...known, replayed: true };
  const attempt = async (transaction: Transaction): Promise<StoredAnswer | null> => {
    if (!(await claim(transaction, caller, key))) return null;
    const made = await run(transaction);
    await transaction.query({
      text: 'update platform.idempotency set status = $3, headers = $4, body = $5 where caller = $1 and key = $2',
      values: [caller.actor, key.key, made.status, JSON.stringify(made.headers), made.body],
    });
    return made;
  };
  const answer = await underNewestSchema(store, () => store.database.transaction(attempt));
  if (answer) {
    store.wake();
    return { ...answer, replayed: false };
  }
  await sleep(5);
  const winner = await answered(store, caller, key);
  if (winner) return { ...winner, replayed: true };
  throw new Refusal('still_running', 'A request with this Idempotency-Key is still running. Ask again in a moment.', {
    retryAfterSeconds: RETRY_SECONDS,
  });
}

/** Takes the key with a lock that does not wait: whoever holds it is still running. */
async function claim(transaction: Transaction, caller: Caller, key: IdempotencyKey): Promise<boolean> {
  const [lock] = await transaction.query({
    text: 'select pg_try_advisory_xact_lock(hashtextextended($1, 1))',
    values: [`${caller.actor} ${key.key}`],
  });
  if (lock?.[0] !== 't') return false;
  const rows = await transaction.query({
    text: `insert into platform.idempotency as i (caller, key, fingerprint) values ($1, $2, $3)
      on conflict (caller, key) do update set fingerprint = excluded.fingerprint, at = now() where i.at < now() - interval '${KEPT}' returning key`,
    values: [caller.actor, key.key, key.fingerprint],
  });
  return rows.length > 0;
}

async function answered(store: Store, caller: Caller, key: IdempotencyKey): Promise<StoredAnswer | null> {
  const text = `select fingerprint, status, headers, body from platform.idempotency where caller = $1 and key = $2 and at >= now() - interval '${KEPT}'`;
  const [row] = await store.database.read({ text, values: [caller.actor, key.key] });
  if (!row) return null;
  if (row[0] !== key.fingerprint)
    throw new Refusal('key_reused', 'This Idempotency-Key was used for another request. Use a new key for a new request.');
  return row[1] ? { status: Number(row[1]), headers: headersOf(row[2]), body: row[3] ?? '' } : null;
}

function headersOf(text: string | null | undefined): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(parseObject(text)).map(([name, value]) => [name, plainText(value)]));
}
