import type { Database } from '#platform/data/database.ts';
import { Refusal } from '#platform/kernel/errors.ts';
import type { PlatformEvent } from '#platform/kernel/event.ts';
import type { Effect } from './consumer.ts';
import {
  deadLetterIds,
  getDeadLetter,
  lockOpen,
  REPLAYS_MOST,
  resolveLetter,
  type DeadLetter,
  type DeadLetterFilter,
} from './dead-letters.ts';
import { parseEvent } from './envelope.ts';
import { reasonOf, stackHashOf } from './failure.ts';

/** What a replay needs to know of the service: the effect of one consumer, and the way of an event to all of them. */
export type Replayer = {
  readonly effectOf: (consumer: string) => Effect | undefined;
  /** The event with its data, which a large one travels without. */
  readonly whole: (event: PlatformEvent) => Promise<PlatformEvent>;
  /** For what was unreadable when it came and has been fixed: every consumer that has not seen it handles it. */
  readonly deliver: (event: PlatformEvent) => Promise<void>;
};

/** Where replays run and on whose behalf. */
export type ReplayScope = {
  readonly database: Database;
  readonly replayer: Replayer;
  readonly by: string;
  readonly wake?: () => void;
};

/**
 * Runs the effect of an open dead letter and closes the letter in the same transaction: once, whoever else replays it at the same
 * time and whenever the process ends. One that fails again stays open with its new reason; after three replays it must be fixed first.
 */
export async function replayDeadLetter(scope: ReplayScope, id: string): Promise<DeadLetter> {
  await countReplay(scope.database, id);
  let isBegun = false;
  try {
    await scope.database.transaction(async (transaction) => {
      const letter = await lockOpen(transaction, id);
      const parsed = parseEvent(JSON.stringify(letter.event));
      if ('problem' in parsed) throw new Refusal('wrong_state', 'It is no event yet. Fix it first.');
      const effect: Effect = letter.stackHash === 'unreadable' ? (_, event) => scope.replayer.deliver(event) : effectOf(scope, letter);
      isBegun = true;
      await effect(transaction, await scope.replayer.whole(parsed.event));
      await resolveLetter(transaction, id, { state: 'replayed', by: scope.by });
    });
  } catch (error) {
    if (!isBegun) throw error;
    await keepReason(scope.database, id, error);
    throw new Refusal('conflict', `It failed again: ${reasonOf(error)}`);
  }
  scope.wake?.();
  return getDeadLetter(scope.database, id);
}

/** Replays all that a filter matches, oldest first, each on its own. Those that fail again are counted, and stay open. */
export async function replayDeadLetters(scope: ReplayScope, filter: DeadLetterFilter): Promise<{ replayed: number; failed: number }> {
  const result = { replayed: 0, failed: 0 };
  for (const id of await deadLetterIds(scope.database, { ...filter, state: 'open' })) {
    const ok = await replayDeadLetter(scope, id).then(
      () => true,
      () => false,
    );
    result[ok ? 'replayed' : 'failed'] += 1;
  }
  return result;
}

function effectOf(scope: ReplayScope, letter: DeadLetter): Effect {
  const effect = scope.replayer.effectOf(letter.consumer);
  if (!effect) throw new Refusal('wrong_state', `Nothing here handles events as ${letter.consumer} any more. Discard the dead letter.`);
  return effect;
}

async function countReplay(database: Database, id: string): Promise<void> {
  await database.transaction(async (transaction) => {
    const letter = await lockOpen(transaction, id);
    if (letter.replays >= REPLAYS_MOST)
      throw new Refusal('limit_reached', `It failed ${REPLAYS_MOST} replays. Fix the event or discard it.`);
    await transaction.query({
      text: 'update platform.dead_letter set replays = replays + 1 where id = $1::uuid',
      values: [id],
    });
  });
}

async function keepReason(database: Database, id: string, error: unknown): Promise<void> {
  await database.write({
    text: `update platform.dead_letter set attempts = attempts + 1, reason = $2, stack_hash = case stack_hash when 'unreadable' then stack_hash else $3 end
      where id = $1::uuid and state = 'open'`,
    values: [id, reasonOf(error), stackHashOf(error)],
  });
}
