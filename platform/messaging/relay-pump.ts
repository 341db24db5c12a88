import { faultPoint } from '#platform/kernel/fault-point.ts';
import type { Session } from '#platform/data/session.ts';
import { readOutbox, START, type Batch, type Cursor } from './outbox.ts';
import { backoff, pause } from './pause.ts';
import type { RelayState } from './relay.ts';

/** Events read ahead of the first unconfirmed one: bounds memory, and lets neighbours pass an event that is being retried. */
const AHEAD_EVENTS = 4_000;
const AHEAD_BATCHES = 256;

/** A look finds nothing: waits double from BUSY to the idle maximum, but stay under WAITING while rows wait for the horizon. */
const BUSY = 5;
const WAITING = 20;

/** Rows that have waited so long wait for a transaction that may be another database's: for a while the looks are close ones. */
const PATIENCE = 500;
const CLOSELY = 10_000;

/** After a take-over, what the last holder may have had under way is published again; its consumers are told so. */
const SUSPECT_EVENTS = 1_000;

/** How long a stop waits for what is being published. What is not confirmed by then is published again by the next holder. */
const DRAIN = 10_000;

type UnderWay = {
  readonly batch: Batch;
  outcome: 'pending' | 'published' | 'failed';
  readonly finished: PromiseWithResolvers<void>;
};

/** A relay at work: `read` runs ahead of `confirmed`, which is what the table keeps. */
type Pump = {
  readonly session: Session;
  readonly state: RelayState;
  /** Batches in publishing order; the first is the one the cursor waits for. */
  readonly underWay: UnderWay[];
  /** Aborted by the state's stop or the session's loss. */
  readonly over: AbortSignal;
  read: Cursor;
  confirmed: Cursor;
  events: number;
  suspect: number;
  waiting: boolean;
  /** Since when no look has found what could be published; close looks are made until `closely`. */
  heldSince: number;
  closely: number;
  full: boolean;
  /** The last batch was as large as one may be: there is more at once. */
  fullBatch: boolean;
  failed: boolean;
  confirming: boolean;
  saved: Promise<void>;
};

/** Publishes the outbox from its cursor on until the state says stop or the session is lost. */
export async function pump(session: Session, state: RelayState): Promise<void> {
  const work = await begin(session, state);
  let failures = 0;
  let wait = BUSY;
  while (!work.over.aborted) {
    work.full = work.events >= AHEAD_EVENTS || work.underWay.length >= AHEAD_BATCHES;
    if (work.failed) {
      await settle(work);
      work.read = work.confirmed;
      work.failed = false;
      failures += 1;
      await pause(backoff(failures, { first: 50, most: 5_000 }), work.over);
    } else if (work.full) {
      await state.sleeper.sleep(state.idle);
    } else if (await step(work)) {
      wait = BUSY;
      // A look costs the same for one event as for hundreds: under load they gather for a moment.
      if (!work.fullBatch) await pause(BUSY, work.over);
    } else {
      if (work.underWay.length === 0) failures = 0;
      await state.sleeper.sleep(Math.min(wait, work.waiting ? WAITING : state.idle));
      wait = Math.min(wait * 2, state.idle);
    }
  }
  await settle(work);
  if (session.lost.aborted) throw new Error('The connection to the outbox is lost.');
}

/** A statement that was planned while the outbox was young would read all of it from end to end for as long as the session lasts. */
const BY_INDEX = `select set_config('enable_seqscan', 'off', false), set_config('enable_bitmapscan', 'off', false)`;

async function begin(session: Session, state: RelayState): Promise<Pump> {
  await session.query({ text: BY_INDEX, values: [] });
  const confirmed = await loadCursor(session);
  return {
    session,
    state,
    underWay: [],
    over: AbortSignal.any([state.stop, session.lost]),
    read: confirmed,
    confirmed,
    events: 0,
    suspect: SUSPECT_EVENTS,
    waiting: false,
    heldSince: 0,
    closely: 0,
    full: false,
    fullBatch: false,
    failed: false,
    confirming: false,
    saved: Promise.resolve(),
  };
}

/** Reads one batch and begins to publish it. False when there was none. */
async function step(work: Pump): Promise<boolean> {
  const { batch, waiting } = await readOutbox(work.session, work.read, {
    module: work.state.module,
    limit: work.state.batch,
    closely: performance.now() < work.closely,
  });
  held(work, waiting && !batch);
  work.waiting = waiting;
  const redelivered = work.suspect > 0;
  work.suspect = batch && batch.next.to ? work.suspect - batch.events.length : 0;
  if (!batch) return false;
  work.fullBatch = batch.events.length >= work.state.batch;
  work.read = batch.next;
  work.events += batch.events.length;
  const entry: UnderWay = { batch, outcome: 'pending', finished: Promise.withResolvers() };
  work.underWay.push(entry);
  void publish(work, entry, redelivered);
  return true;
}

function held(work: Pump, isHeld: boolean): void {
  const now = performance.now();
  if (!isHeld || work.heldSince === 0) work.heldSince = isHeld ? now : 0;
  else if (now - work.heldSince > PATIENCE) work.closely = now + CLOSELY;
}

async function publish(work: Pump, entry: UnderWay, redelivered: boolean): Promise<void> {
  try {
    if (entry.batch.events.length > 0) await work.state.bus.publish(entry.batch.events, { redelivered });
    await faultPoint('relay.afterPublish');
    entry.outcome = 'published';
  } catch (error) {
    entry.outcome = 'failed';
    fail(work, error);
  }
  entry.finished.resolve();
  if (!work.confirming) work.saved = confirm(work);
}

function fail(work: Pump, error: unknown): void {
  work.failed = true;
  work.state.onProblem(error);
  work.state.sleeper.wake();
}

/** Moves the cursor over the batches that are published without a gap, one write for as many as there are. */
async function confirm(work: Pump): Promise<void> {
  work.confirming = true;
  try {
    for (let next = published(work); next; next = published(work)) {
      work.confirmed = next;
      await saveCursor(work.session, next);
    }
  } catch (error) {
    fail(work, error);
  }
  work.confirming = false;
  if (work.full) work.state.sleeper.wake();
}

function published(work: Pump): Cursor | null {
  let next: Cursor | null = null;
  while (work.underWay[0]?.outcome === 'published') {
    const { batch } = work.underWay[0];
    work.underWay.shift();
    work.events -= batch.events.length;
    next = batch.next;
  }
  return next;
}

/** Waits until nothing is being published, and forgets what was not confirmed: it is read again from the cursor. */
async function settle(work: Pump): Promise<void> {
  const finished = Promise.all(work.underWay.map((entry) => entry.finished.promise));
  const patience = new AbortController();
  await Promise.race([finished, pause(work.session.lost.aborted ? 1_000 : DRAIN, patience.signal)]);
  patience.abort();
  await work.saved;
  work.underWay.length = 0;
  work.events = 0;
}

async function loadCursor(session: Session): Promise<Cursor> {
  const [row] = await session.query({
    text: `select from_transaction, to_transaction, position from platform.relay where name = 'outbox'`,
    values: [],
  });
  return row?.[0] ? { from: row[0], to: row[1] ?? null, position: row[2] ?? '0' } : START;
}

async function saveCursor(session: Session, cursor: Cursor): Promise<void> {
  await session.query({ name: 'relay_save', text: SAVE, values: [cursor.from, cursor.to, cursor.position] });
}

const SAVE = `insert into platform.relay (name, from_transaction, to_transaction, position) values ('outbox', $1::xid8, $2::xid8, $3::bigint)
  on conflict (name) do update set from_transaction = excluded.from_transaction, to_transaction = excluded.to_transaction, position = excluded.position`;
