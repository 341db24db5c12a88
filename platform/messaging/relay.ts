import type { Database } from '#platform/data/database.ts';
import type { Session } from '#platform/data/session.ts';
import type { Bus } from './bus.ts';
import { LAG, type Lag } from './outbox.ts';
import { backoff, openSleeper, type Sleeper } from './pause.ts';
import { pump } from './relay-pump.ts';

/** How to run a relay. Times in milliseconds; the defaults are the right ones outside of tests. */
export type RelayOptions = {
  readonly database: Database;
  readonly module: string;
  readonly bus: Pick<Bus, 'publish'>;
  /** Due rows per batch, at most 500. */
  readonly batch?: number;
  /** The longest wait between two looks at an outbox nobody writes to. */
  readonly idle?: number;
  /** How often a replica that stands by asks for the lock. */
  readonly standby?: number;
  /** Told of everything that went wrong and will be tried again. */
  readonly onProblem?: (error: unknown) => void;
};

/** Takes a service's outbox to the bus. */
export type Relay = {
  /** Says that the outbox has rows. Costs nothing; many wakes are one. A replica that stands by passes it on to the active one. */
  readonly wake: () => void;
  readonly lag: () => Promise<Lag>;
  /** Whether this replica holds the lock. */
  readonly active: () => boolean;
  /** Publishes what it has begun, keeps the cursor, and lets another replica take over. */
  readonly stop: () => Promise<void>;
};

/** What the parts of a relay share. */
export type RelayState = Required<Omit<RelayOptions, 'database'>> & {
  readonly sleeper: Sleeper;
  readonly stop: AbortSignal;
  active: boolean;
};

const CHANNEL = 'tessera_outbox';
const NOTIFY_EVERY = 20;

/** Starts the relay of one outbox. Of all replicas one is active: the one whose session holds the advisory lock. */
export function startRelay(options: RelayOptions): Relay {
  const stop = new AbortController();
  const state: RelayState = {
    module: options.module,
    bus: options.bus,
    batch: Math.min(options.batch ?? 500, 500),
    idle: options.idle ?? 1_000,
    standby: options.standby ?? 1_000,
    onProblem: options.onProblem ?? (() => undefined),
    sleeper: openSleeper(),
    stop: stop.signal,
    active: false,
  };
  const notifier = openNotifier(options.database, state);
  const running = run(options.database, state);
  return Object.freeze({
    wake: () => (state.active ? state.sleeper.wake() : notifier.wake()),
    lag: async () => {
      const [row] = await options.database.read(LAG);
      return { events: Number(row?.[0] ?? 0), seconds: Number(row?.[1] ?? 0) };
    },
    active: () => state.active,
    stop: async () => {
      stop.abort();
      state.sleeper.wake();
      notifier.stop();
      await running;
    },
  });
}

async function run(database: Database, state: RelayState): Promise<void> {
  let failures = 0;
  while (!state.stop.aborted) {
    try {
      await serve(database, state);
      failures = 0;
    } catch (error) {
      failures += 1;
      state.onProblem(error);
      if (!state.stop.aborted) await state.sleeper.sleep(backoff(failures, { first: 50, most: 2_000 }));
    }
  }
}

/** One session's life: stand by until the lock is ours, then publish until told to stop or the session is lost. */
async function serve(database: Database, state: RelayState): Promise<void> {
  const session = await database.session();
  const awake = (): void => state.sleeper.wake();
  session.lost.addEventListener('abort', awake);
  try {
    await session.query({ text: 'set enable_seqscan = off', values: [] });
    await session.query({ text: 'set jit = off', values: [] });
    while (!(await takesLock(session))) {
      await state.sleeper.sleep(backoff(1, { first: state.standby, most: state.standby }));
      if (state.stop.aborted || session.lost.aborted) return;
    }
    await session.listen(CHANNEL, awake);
    state.active = true;
    await pump(session, state);
  } finally {
    state.active = false;
    session.lost.removeEventListener('abort', awake);
    await session.close();
  }
}

async function takesLock(session: Session): Promise<boolean> {
  const [row] = await session.query({
    text: `select pg_try_advisory_lock(hashtextextended('tessera.relay', 0))`,
    values: [],
  });
  return row?.[0] === 't';
}

/** Tells the active relay in another process, at most once per NOTIFY_EVERY: NOTIFY in every writing transaction would halve the commits. */
function openNotifier(database: Database, state: RelayState): { wake: () => void; stop: () => void } {
  let timer: NodeJS.Timeout | null = null;
  const send = (): void => {
    timer = null;
    database.write({ text: `select pg_notify('${CHANNEL}', '')`, values: [] }).catch(state.onProblem);
  };
  return {
    wake: () => (timer ??= setTimeout(send, NOTIFY_EVERY)),
    stop: () => clearTimeout(timer ?? undefined),
  };
}
