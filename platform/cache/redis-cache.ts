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
 * A cache at work. `ear` is the connection that hears of removals; `heard` counts them, so that a value that was read before a removal
 * is not kept after it. `unsent` are removals that Redis has yet to take.
 */
type Open = {
  readonly prefix: string;
  readonly channel: string;
  readonly self: string;
  readonly redis: Redis;
  readonly ear: Redis;
  readonly local: LRUCache<string, Stored>;
  readonly unsent: LRUCache<string, true>;
  readonly onProblem: (error: unknown) => void;
  isHearing: boolean;
  heard: number;
  restUntil: number;
  lastError: string | null;
  retry: NodeJS.Timeout | null;
};

/**
 * Redis behind this process's memory. Removals travel by publish/subscribe to the memory of all processes. Every failure is a miss:
 * nothing waits for a reconnect, nothing throws. Removals that Redis did not take are made up for when it is back.
 */
export function openRedisCache(options: RedisCacheOptions): Cache {
  const cache = connect(options);
  followRedis(cache);
  followRemovals(cache);
  return Object.freeze({
    get: (key: string) => get(cache, key),
    set: (key: string, value: Json, seconds: number) => set(cache, key, { value, until: Date.now() + seconds * 1_000 }),
    remove: (key: string) => remove(cache, key),
    state: () => ({
      kind: 'redis' as const,
      connected: cache.redis.status === 'ready' && cache.isHearing,
      lastError: cache.lastError,
    }),
    close: async () => {
      clearTimeout(cache.retry ?? undefined);
      cache.redis.disconnect();
      cache.ear.disconnect();
    },
  });
}

function connect({ url, prefix, timeout, onProblem }: RedisCacheOptions): Open {
  const connection = {
    commandTimeout: Math.min(timeout ?? TIMEOUT_MOST, TIMEOUT_MOST),
    connectTimeout: 2_000,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    retryStrategy,
  };
  return {
    prefix,
    channel: `${prefix}removed`,
    self: randomUUID(),
    redis: new Redis(url, connection),
    ear: new Redis(url, { ...connection, autoResubscribe: false }),
    local: new LRUCache({ max: ENTRIES_MOST }),
    unsent: new LRUCache({ max: UNSENT_MOST }),
    onProblem: onProblem ?? (() => undefined),
    isHearing: false,
    heard: 0,
    restUntil: 0,
    lastError: null,
    retry: null,
  };
}

function followRedis(cache: Open): void {
  cache.redis.on('error', (error) => problem(cache, error));
  cache.redis.on('ready', () => {
    cache.restUntil = 0;
    cache.lastError = null;
    void sendRemovals(cache);
  });
}

function followRemovals(cache: Open): void {
  const { ear, local, self } = cache;
  ear.on('error', (error) => problem(cache, error));
  ear.on('ready', () => {
    local.clear();
    ear.subscribe(cache.channel).then(
      () => (cache.isHearing = true),
      (error: unknown) => problem(cache, error),
    );
  });
  ear.on('close', () => {
    cache.isHearing = false;
    // A list of them first: an entry that is kept anew moves to the front, where going through the cache itself would meet it again, without end.
    const held = [...local.entries()];
    for (const [key, stored] of held) keep(cache, key, stored);
  });
  ear.on('message', (_, message) => {
    const [sender, key] = [message.slice(0, self.length), message.slice(self.length + 1)];
    cache.heard += 1;
    if (sender !== self) local.delete(key);
  });
}

async function get(cache: Open, key: string): Promise<Json | undefined> {
  const near = cache.local.get(key);
  if (near) return near.value;
  if (!isReady(cache) || cache.unsent.has(key)) return undefined;
  const before = cache.heard;
  const text = await cache.redis.get(cache.prefix + key).catch((error: unknown) => problem(cache, error));
  const stored = parse(text);
  if (stored && before === cache.heard) keep(cache, key, stored);
  return stored?.value;
}

async function set(cache: Open, key: string, stored: Stored): Promise<void> {
  keep(cache, key, stored);
  if (!isReady(cache) || cache.unsent.has(key)) return;
  const milliseconds = Math.max(1, Math.round(stored.until - Date.now()));
  await cache.redis.set(cache.prefix + key, JSON.stringify(stored), 'PX', milliseconds).catch((error: unknown) => problem(cache, error));
}

async function remove(cache: Open, key: string): Promise<void> {
  cache.heard += 1;
  cache.local.delete(key);
  cache.unsent.set(key, true);
  await sendRemovals(cache);
}

/** Sends what Redis has yet to forget; while it does not answer, again a little later. */
async function sendRemovals(cache: Open): Promise<void> {
  const { redis, prefix, channel, self, unsent } = cache;
  const keys = [...unsent.keys()];
  if (keys.length === 0) return;
  if (!isReady(cache)) return sendLater(cache);
  const sent = redis.multi().del(keys.map((key) => prefix + key));
  for (const key of keys) sent.publish(channel, `${self} ${key}`);
  try {
    await sent.exec();
    for (const key of keys) unsent.delete(key);
  } catch (error) {
    problem(cache, error);
    sendLater(cache);
  }
}

function sendLater(cache: Open): void {
  cache.retry ??= setTimeout(() => {
    cache.retry = null;
    void sendRemovals(cache);
  }, REST).unref();
}

function keep(cache: Open, key: string, stored: Stored): void {
  const ttl = Math.min(stored.until - Date.now(), cache.isHearing ? LOCAL_HEARING : LOCAL_DEAF);
  if (ttl >= 1) cache.local.set(key, stored, { ttl });
}

function isReady(cache: Open): boolean {
  return cache.redis.status === 'ready' && Date.now() >= cache.restUntil;
}

function problem(cache: Open, error: unknown): undefined {
  cache.lastError = error instanceof Error ? error.message : String(error);
  if (/timed out/.test(cache.lastError)) cache.restUntil = Date.now() + REST;
  cache.onProblem(error);
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
