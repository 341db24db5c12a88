import type pg from 'pg';
import type { RawRow, Statement } from './database.ts';
import { isConnectionError, sqlState } from './database-errors.ts';
import { RawQuery } from './raw-query.ts';

/** Pipelined connections for short autocommit reads. */
export type ReadLanes = {
  readonly query: (statement: Statement) => Promise<readonly RawRow[]>;
  readonly close: () => Promise<void>;
};

/** `open` makes an unconnected client with `pipeline: true`; `lanesMax` bounds the connections; a lane silent for `hungMs` is given up. */
export type LaneOptions = { readonly open: () => pg.Client; readonly lanesMax: number; readonly hungMs: number };

/** Prepared statements a connection may hold before it is replaced: the server keeps some 20 KB for each. */
const PREPARED_MAX = 500;
/** A lane whose oldest statement is older than this is busy with something slow; others go elsewhere. */
const STALLED_MS = 15;
const PLAN_CHANGED = '0A000';
const PREPARED_UNKNOWN = '26000';

type Lane = {
  readonly client: pg.Client;
  readonly connected: Promise<unknown>;
  readonly prepared: Set<string>;
  /** When each statement under way was sent, oldest first. */
  readonly sent: number[];
  stream: pg.Connection['stream'] | null;
  isCorked: boolean;
};

/**
 * Reads over one connection while it keeps up, over more when a slow statement blocks it. All statements of one turn of the
 * event loop leave in one write. A broken lane is replaced and its reads are sent again: reads may be repeated.
 */
export function openReadLanes(options: LaneOptions): ReadLanes {
  const lanes = new Set<Lane>();
  const watch = setInterval(() => giveUpHung(lanes, options.hungMs), 1000).unref();
  const query = async (statement: Statement): Promise<readonly RawRow[]> => {
    for (let attempt = 0; ; attempt++) {
      const lane = pickLane(lanes, options);
      try {
        return await send(lane, statement);
      } catch (error) {
        if (attempt > options.lanesMax || !isWorthAnother(error, statement)) throw error;
        // A broken connection, or a table that changed under what was prepared: what this lane knows is stale as a whole.
        retire(lanes, lane);
      }
    }
  };
  const close = async (): Promise<void> => {
    clearInterval(watch);
    const all = [...lanes];
    lanes.clear();
    await Promise.all(all.map((lane) => lane.client.end().catch(() => undefined)));
  };
  return Object.freeze({ query, close });
}

function isWorthAnother(error: unknown, statement: Statement): boolean {
  if (isConnectionError(error)) return true;
  const state = sqlState(error);
  return statement.name !== undefined && (state === PLAN_CHANGED || state === PREPARED_UNKNOWN);
}

function pickLane(lanes: Set<Lane>, options: LaneOptions): Lane {
  const now = performance.now();
  let best: Lane | null = null;
  let least = Infinity;
  for (const lane of lanes) {
    const waited = now - (lane.sent[0] ?? now);
    const load = waited > STALLED_MS ? 1_000_000 + waited : lane.sent.length;
    if (load < least) {
      best = lane;
      least = load;
    }
  }
  if (best && (least < 1_000_000 || lanes.size >= options.lanesMax)) return best;
  return openLane(lanes, options);
}

function openLane(lanes: Set<Lane>, options: LaneOptions): Lane {
  const client = options.open();
  const lane: Lane = {
    client,
    connected: client.connect(),
    prepared: new Set(),
    sent: [],
    stream: null,
    isCorked: false,
  };
  const drop = () => lanes.delete(lane);
  lane.connected.catch(drop);
  client.on('error', drop);
  client.on('end', drop);
  lanes.add(lane);
  return lane;
}

async function send(lane: Lane, statement: Statement): Promise<readonly RawRow[]> {
  if (lane.stream === null) await lane.connected;
  return new Promise((resolve, reject) => {
    const name = statement.name ?? '';
    const isPrepared = name !== '' && lane.prepared.has(name);
    lane.sent.push(performance.now());
    const query = new RawQuery(statement, { name, isPrepared, cork: (stream) => corkForThisTurn(lane, stream) }, (error, rows) => {
      lane.sent.shift();
      if (error && !isPrepared) lane.prepared.delete(name);
      if (error) reject(error);
      else resolve(rows);
    });
    if (name !== '') lane.prepared.add(name);
    lane.client.query(query);
  });
}

function corkForThisTurn(lane: Lane, stream: pg.Connection['stream']): void {
  lane.stream = stream;
  if (lane.isCorked) return;
  lane.isCorked = true;
  stream.cork();
  setImmediate(() => {
    lane.isCorked = false;
    stream.uncork();
  });
}

/** Takes a lane out of service; what is under way on it still ends. */
function retire(lanes: Set<Lane>, lane: Lane): void {
  if (!lanes.delete(lane)) return;
  setTimeout(() => void lane.client.end().catch(() => undefined), 100).unref();
}

function giveUpHung(lanes: Set<Lane>, hungMs: number): void {
  const now = performance.now();
  for (const lane of lanes) {
    if (lane.prepared.size > PREPARED_MAX) retire(lanes, lane);
    else if (now - (lane.sent[0] ?? now) > hungMs) lane.stream?.destroy(new Error('The database does not answer'));
  }
}
