import { LRUCache } from 'lru-cache';
import type { Json } from '#platform/kernel/model.ts';
import type { Cache } from './cache.ts';

/** A value with its box, because null is a value and LRUCache has none. */
type Boxed = { readonly value: Json };

/** The entries that stay; the least used go first. */
const ENTRIES_MOST = 10_000;

/** The cache of one process. */
export function openMemoryCache(entries = ENTRIES_MOST): Cache {
  const values = new LRUCache<string, Boxed>({ max: entries });
  return Object.freeze({
    get: async (key: string) => values.get(key)?.value,
    set: async (key: string, value: Json, seconds: number) => {
      values.set(key, { value }, { ttl: Math.max(1, seconds * 1_000) });
    },
    remove: async (key: string) => {
      values.delete(key);
    },
    state: () => ({ kind: 'memory' as const, connected: true, lastError: null }),
    close: async () => values.clear(),
  });
}
