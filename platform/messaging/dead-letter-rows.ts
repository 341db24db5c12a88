import { randomUUID } from 'node:crypto';
import type { Database, Transaction } from '#platform/data/database.ts';
import type { PlatformEvent } from '#platform/kernel/event.ts';
import type { Unreadable } from './bus.ts';
import { reasonOf, stackHashOf } from './failure.ts';

/** Of an unreadable message so much is kept, in characters. */
const BODY_MOST = 1_000_000;

/** An event that failed for a consumer for good. */
export type Failed = {
  readonly consumer: string;
  readonly event: PlatformEvent;
  readonly attempts: number;
  readonly failure: unknown;
};

/**
 * Writes the dead letter and, with it, the inbox row: for the consumer the event is done with, and when the transport brings it
 * once more it is a duplicate. From here on only a replay runs the effect.
 */
export async function layAside(database: Database, { consumer, event, attempts, failure }: Failed): Promise<void> {
  await database.transaction(async (transaction) => {
    const first = await transaction.query({
      text: 'insert into platform.inbox (consumer, event_id) values ($1, $2::uuid) on conflict do nothing returning 1',
      values: [consumer, event.id],
    });
    await forgetStarts(transaction, consumer, event.id);
    if (first.length === 0) return;
    await transaction.query({
      text: `insert into platform.dead_letter (id, consumer, event, received, reason, stack_hash, attempts, headers)
        values ($1::uuid, $2, $3::jsonb, $4, $5, $6, $7::integer, '{}')`,
      values: [
        randomUUID(),
        consumer,
        storableJson(event),
        JSON.stringify(event),
        storable(reasonOf(failure)),
        stackHashOf(failure),
        attempts,
      ],
    });
  });
}

/** Removes the count of an event's starts: it has been handled or laid aside. */
export async function forgetStarts(transaction: Transaction, consumer: string, eventId: string): Promise<void> {
  await transaction.query({
    text: 'delete from platform.attempt where consumer = $1 and event_id = $2::uuid',
    values: [consumer, eventId],
  });
}

/** Writes a dead letter for what is no event; it can be read, fixed into one, or discarded. */
export async function layAsideUnreadable(database: Database, consumer: string, unreadable: Unreadable): Promise<void> {
  await database.write({
    text: `insert into platform.dead_letter (id, consumer, event, received, reason, stack_hash, attempts, headers)
      values ($1::uuid, $2, null, $3, $4, 'unreadable', 1, $5::jsonb)`,
    values: [
      randomUUID(),
      consumer,
      storable(unreadable.body.slice(0, BODY_MOST)),
      storable(unreadable.reason),
      storable(JSON.stringify(unreadable.headers)),
    ],
  });
}

/** PostgreSQL's text has no NUL. */
function storable(text: string): string {
  return text.replaceAll('\u0000', '\uFFFD');
}

/** The event as jsonb takes it, or null when it holds characters that jsonb refuses (NUL, half a surrogate pair). */
function storableJson(event: PlatformEvent): string | null {
  const text = JSON.stringify(event);
  return /\\u(0000|d[89a-f])/i.test(text) ? null : text;
}
