import type { Database, RawRow, Transaction } from '#platform/data/database.ts';
import { Refusal } from '#platform/kernel/errors.ts';
import { jsonObjectOf, jsonOf } from '#platform/kernel/json.ts';
import type { Json } from '#platform/kernel/model.ts';
import { parseEvent, problemOf } from './envelope.ts';

/** An event that a consumer could not handle, or a message that was no event (`event` is null, `received` its text). */
export type DeadLetter = {
  readonly id: string;
  readonly consumer: string;
  readonly state: 'open' | 'replayed' | 'discarded';
  readonly event: Json;
  readonly received: string;
  readonly reason: string;
  /** The same for failures from the same place in the code. */
  readonly stackHash: string;
  readonly attempts: number;
  readonly replays: number;
  readonly headers: Json;
  readonly at: string;
  readonly resolvedAt: string | null;
  readonly resolvedBy: string | null;
};

/** Which dead letters. `state` defaults to `open`. `type` is the event's. */
export type DeadLetterFilter = {
  readonly state?: string;
  readonly consumer?: string;
  readonly type?: string;
  readonly stackHash?: string;
};

/** How often a letter may be replayed before someone must fix it. */
export const REPLAYS_MOST = 3;

const INSTANT = `'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'`;
const COLUMNS = `id, consumer, state, event, received, reason, stack_hash, attempts, replays, headers,
  to_char(at at time zone 'UTC', ${INSTANT}), to_char(resolved_at at time zone 'UTC', ${INSTANT}), resolved_by`;
const FILTER = `state = $1 and ($2::text is null or consumer = $2) and ($3::text is null or event ->> 'type' = $3) and ($4::text is null or stack_hash = $4)`;

/** The filter as the parameters of FILTER. */
function filterValues(filter: DeadLetterFilter): readonly (string | null)[] {
  return [filter.state ?? 'open', filter.consumer ?? null, filter.type ?? null, filter.stackHash ?? null];
}

/** Newest first, up to 1,000 a page. `cursor` is the `next` of the page before. */
export async function listDeadLetters(
  database: Database,
  filter: DeadLetterFilter & { readonly limit?: number; readonly cursor?: string } = {},
): Promise<{ items: readonly DeadLetter[]; next: string | null }> {
  const limit = Math.min(Math.max(filter.limit ?? 25, 1), 1_000);
  const [at, id] = cursorOf(filter.cursor);
  const rows = await database.read({
    text: `select ${COLUMNS} from platform.dead_letter where ${FILTER} and ($5::timestamptz is null or (at, id) < ($5::timestamptz, $6::uuid))
      order by at desc, id desc limit $7::integer`,
    values: [...filterValues(filter), at, id, limit + 1],
  });
  const items = rows.slice(0, limit).map(letterOf);
  const last = items.at(-1);
  return { items, next: rows.length > limit && last ? `${last.at}_${last.id}` : null };
}

function cursorOf(cursor: string | undefined): readonly [string | null, string | null] {
  if (!cursor) return [null, null];
  const match = /^([-\d]{10}T[:.\d]+Z)_([-0-9a-f]{36})$/.exec(cursor);
  if (!match) throw new Refusal('malformed_request', 'The cursor is not one of this list.');
  return [match[1] ?? null, match[2] ?? null];
}

/** The ids of what a filter matches, oldest first, at most 10,000. */
export async function deadLetterIds(database: Database, filter: DeadLetterFilter): Promise<readonly string[]> {
  const rows = await database.read({
    text: `select id from platform.dead_letter where ${FILTER} order by at, id limit 10000`,
    values: filterValues(filter),
  });
  return rows.map((row) => row[0] ?? '');
}

/** One dead letter; refuses with `not_found`. */
export async function getDeadLetter(database: Database, id: string): Promise<DeadLetter> {
  if (!/^[0-9a-f-]{36}$/.test(id)) throw notFound();
  const [row] = await database.read({
    text: `select ${COLUMNS} from platform.dead_letter where id = $1::uuid`,
    values: [id],
  });
  if (!row) throw notFound();
  return letterOf(row);
}

/** Replaces the event of an open letter, so that its next replay can succeed. What was received stays. */
export async function fixDeadLetter(database: Database, id: string, event: unknown): Promise<DeadLetter> {
  const problem = problemOf(event);
  if (problem) throw new Refusal('invalid_value', `This is no event. ${problem}`);
  await database.transaction(async (transaction) => {
    const letter = await lockOpen(transaction, id);
    const before = letter.event === null ? null : parseEvent(JSON.stringify(letter.event));
    const fixed = parseEvent(JSON.stringify(event));
    if (before && 'event' in before && 'event' in fixed && before.event.id !== fixed.event.id) {
      throw new Refusal('invalid_value', 'The id of the event cannot be changed: by it the consumer knows whether it has been handled.');
    }
    await transaction.query({
      text: 'update platform.dead_letter set event = $2::jsonb, replays = 0 where id = $1::uuid',
      values: [id, JSON.stringify(event)],
    });
  });
  return getDeadLetter(database, id);
}

/** Closes an open letter without handling it. */
export async function discardDeadLetter(database: Database, id: string, by: string): Promise<DeadLetter> {
  await database.transaction(async (transaction) => {
    await lockOpen(transaction, id);
    await resolveLetter(transaction, id, { state: 'discarded', by });
  });
  return getDeadLetter(database, id);
}

/** Reads an open letter under a row lock: of two who act on it at once, the second is refused. */
export async function lockOpen(transaction: Transaction, id: string): Promise<DeadLetter> {
  if (!/^[0-9a-f-]{36}$/.test(id)) throw notFound();
  const [row] = await transaction.query({
    text: `select ${COLUMNS} from platform.dead_letter where id = $1::uuid for update`,
    values: [id],
  });
  if (!row) throw notFound();
  const letter = letterOf(row);
  if (letter.state !== 'open') throw new Refusal('wrong_state', `This dead letter is ${letter.state} already.`);
  return letter;
}

/** Closes a letter, saying who did it. */
export async function resolveLetter(
  transaction: Transaction,
  id: string,
  result: { state: 'replayed' | 'discarded'; by: string },
): Promise<void> {
  await transaction.query({
    text: 'update platform.dead_letter set state = $2, resolved_at = now(), resolved_by = $3 where id = $1::uuid',
    values: [id, result.state, result.by],
  });
}

function notFound(): Refusal {
  return new Refusal('not_found', 'There is no such dead letter.');
}

function letterOf(row: RawRow): DeadLetter {
  const [id, consumer, state, event, received, reason, stackHash, attempts, replays, headers, at, resolvedAt, resolvedBy] = row;
  return {
    id: id ?? '',
    consumer: consumer ?? '',
    state: state === 'replayed' || state === 'discarded' ? state : 'open',
    event: jsonOf(event),
    received: received ?? '',
    reason: reason ?? '',
    stackHash: stackHash ?? '',
    attempts: Number(attempts),
    replays: Number(replays),
    headers: jsonObjectOf(headers),
    at: at ?? '',
    resolvedAt: resolvedAt ?? null,
    resolvedBy: resolvedBy ?? null,
  };
}
