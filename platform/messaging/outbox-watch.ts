import type { Database } from '#platform/data/database.ts';
import { openSleeper, pause } from './pause.ts';

/** A record that was made, changed or taken away: what kind of event, of which object, which record, in which version. */
export type Told = { readonly type: string; readonly object: string; readonly id: string; readonly version: number };

/** What is written into an outbox, for whoever is there to hear it; nothing is kept for those who are not. */
export type OutboxWatch = {
  /** Changes as they are committed, at most a second later, by all replicas; an empty list now and then says that the watch goes on. */
  readonly follow: (signal: AbortSignal) => AsyncGenerator<readonly Told[]>;
};

const LOOK_MILLISECONDS = 500;
const ALIVE_MILLISECONDS = 20_000;

/** A look that finds more tells the newest: who looks at so much reads it anew anyway. */
const TOLD_MAX = 1000;

/**
 * Looks at an outbox while anybody follows: one look for all of them. It goes by transactions, as the relay does: those before
 * `pg_snapshot_xmin` have ended, so that none is missed that commits late.
 */
export function watchOutbox(database: Pick<Database, 'read'>, onProblem: (error: unknown) => void): OutboxWatch {
  const listeners = new Set<(told: readonly Told[]) => void>();
  let isLooking = false;
  const failed = (error: unknown): null => {
    onProblem(error);
    return null;
  };
  const look = async (): Promise<void> => {
    if (isLooking) return;
    isLooking = true;
    let from: string | null = null;
    while (listeners.size > 0) {
      const found: Look | null = await read(database, from).catch(failed);
      from = found?.horizon ?? from;
      if (found && found.told.length > 0) for (const hear of listeners) hear(found.told);
      await pause(LOOK_MILLISECONDS);
    }
    isLooking = false;
  };
  return Object.freeze({
    follow: async function* (signal: AbortSignal) {
      const sleeper = openSleeper();
      let waiting: readonly Told[] = [];
      const hear = (told: readonly Told[]): void => {
        waiting = [...waiting, ...told].slice(-TOLD_MAX);
        sleeper.wake();
      };
      listeners.add(hear);
      signal.addEventListener('abort', sleeper.wake);
      void look();
      try {
        while (!signal.aborted) {
          await sleeper.sleep(ALIVE_MILLISECONDS);
          const told = waiting;
          waiting = [];
          yield told;
        }
      } finally {
        listeners.delete(hear);
        signal.removeEventListener('abort', sleeper.wake);
      }
    },
  });
}

type Look = { readonly horizon: string; readonly told: readonly Told[] };

const SINCE = `select horizon, type, object, record_id, object_version from (select pg_snapshot_xmin(pg_current_snapshot()) as horizon) as look
  left join lateral (select position, type, object, record_id, object_version from platform.outbox
    where transaction >= $1::xid8 and transaction < horizon and record_id is not null order by position desc limit ${TOLD_MAX}) as told on true
  order by position`;

async function read(database: Pick<Database, 'read'>, from: string | null): Promise<Look> {
  if (from === null) {
    const [now] = await database.read({ text: 'select pg_snapshot_xmin(pg_current_snapshot())', values: [] });
    return { horizon: now?.[0] ?? '0', told: [] };
  }
  const rows = await database.read({ name: 'outbox_since', text: SINCE, values: [from] });
  const told = rows.flatMap(([, type, object, id, version]) =>
    type && object && id ? [{ type, object, id, version: Number(version) }] : [],
  );
  return { horizon: rows[0]?.[0] ?? from, told };
}
