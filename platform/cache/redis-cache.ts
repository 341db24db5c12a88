import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { LRUCache } from 'lru-cache';
import type { Json } from '#platform/kernel/model.ts';
import type { Cache } from './cache.ts';

/** How to reach Redis. `prefix` stands before every key, so that installations can share a server. */
export type RedisCacheOptions = {
  readonly url: string;
  readonly prefix: string;
  /** Milliseconds that a command may take, at most 200. */
  readonly timeout?: number;
  readonly onProblem?: (error: unknown) => void;
};

/** A value and the instant (milliseconds since 1970) at which it expires: in Redis and in the memory in front. */
type Stored = { readonly value: Json; readonly until: number };

const TIMEOUT_MOST = 200;
const ENTRIES_MOST = 10_000;
const UNSENT_MOST = 100_000;

/** How long memory may answer without asking Redis: while it hears of removals, and while it does not. */
const LOCAL_HEARING = 30_000;
const LOCAL_DEAF = 5_000;

/** After a command that took too long, Redis is left alone for so long: requests must not queue up behind a server that hangs. */
const REST = 1_000;

/**
 * Redis behind this process's memory. Removals travel by publish/subscribe to the memory of all processes. Every failure is a miss:
 * nothing waits for a reconnect, nothing throws. Removals that Redis did not take are made up for when it is back.
 */
export function openRedisCache(options: RedisCacheOptions): Cache {
  const { prefix } = options;
  const channel = `${prefix}removed`;
  const self = randomUUID();
  const local = new LRUCache<string, Stored>({ max: ENTRIES_MOST });
  const unsent = new LRUCache<string, true>({ max: UNSENT_MOST });
  const connection = {
    commandTimeout: Math.min(options.timeout ?? TIMEOUT_MOST, TIMEOUT_MOST),
    connectTimeout: 2_000,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    retryStrategy,
  };
  const redis = new Redis(options.url, connection);
  const ear = new Redis(options.url, { ...connection, autoResubscribe: false });
  let isHearing = false;
  let heard = 0;
  let restUntil = 0;
  let lastError: string | null = null;

  const problem = (error: unknown): undefined => {
    lastError = error instanceof Error ? error.message : String(error);
    if (/timed out/.test(lastError)) restUntil = Date.now() + REST;
    options.onProblem?.(error);
  };
  const isReady = (): boolean => redis.status === 'ready' && Date.now() >= restUntil;

  const keep = (key: string, stored: Stored): void => {
    const ttl = Math.min(stored.until - Date.now(), isHearing ? LOCAL_HEARING : LOCAL_DEAF);
    if (ttl >= 1) local.set(key, stored, { ttl });
  };
  const sendRemoval = async (keys: readonly string[]): Promise<void> => {
    for (const key of keys) unsent.set(key, true);
    if (!isReady()) return;
    const sent = redis.multi().del(keys.map((key) => prefix + key));
    for (const key of keys) sent.publish(channel, `${self} ${key}`);
    await sent.exec();
    for (const key of keys) unsent.delete(key);
  };

  redis.on('error', problem);
  redis.on('ready', () => {
    restUntil = 0;
    lastError = null;
    if (unsent.size > 0) sendRemoval([...unsent.keys()]).catch(problem);
  });
  ear.on('error', problem);
  ear.on('ready', () => {
    local.clear();
    ear.subscribe(channel).then(() => (isHearing = true), problem);
  });
  ear.on('close', () => {
    isHearing = false;
    for (const [key, stored] of local.entries()) keep(key, stored);
  });
  ear.on('message', (_, message) => {
    const [sender, key] = [message.slice(0, self.length), message.slice(self.length + 1)];
    heard += 1;
    if (sender !== self) local.delete(key);
  });

  return Object.freeze({
    get: async (key: string) => {
      const near = local.get(key);
      if (near) return near.value;
      if (!isReady() || unsent.has(key)) return undefined;
      const before = heard;
      const text = await redis.get(prefix + key).catch(problem);
      const stored = parse(text);
      if (stored && before === heard) keep(key, stored);
      return stored?.value;
    },
    set: async (key: string, value: Json, seconds: number) => {
      const stored = { value, until: Date.now() + seconds * 1_000 };
      keep(key, stored);
      if (isReady() && !unsent.has(key))
        await redis.set(prefix + key, JSON.stringify(stored), 'PX', Math.max(1, Math.round(seconds * 1_000))).catch(problem);
    },
    remove: async (key: string) => {
      heard += 1;
      local.delete(key);
      await sendRemoval([key]).catch(problem);
    },
    state: () => ({ kind: 'redis' as const, connected: redis.status === 'ready' && isHearing, lastError }),
    close: async () => {
      redis.disconnect();
      ear.disconnect();
    },
  });
}

function retryStrategy(attempt: number): number {
  return Math.min(2_000, 50 * 2 ** Math.min(attempt, 6));
}

function parse(text: string | null | undefined): Stored | null {
  if (!text) return null;
  const stored: unknown = JSON.parse(text);
  return isStored(stored) && stored.until > Date.now() ? stored : null;
}

function isStored(value: unknown): value is Stored {
  return typeof value === 'object' && value !== null && 'value' in value && 'until' in value && typeof value.until === 'number';
}
