import type { Json } from '#platform/kernel/model.ts';

/** Whether the cache is shared, and whether the shared store answers. */
export type CacheState = {
  readonly kind: 'memory' | 'redis';
  readonly connected: boolean;
  readonly lastError: string | null;
};

/**
 * Remembers values for a while. Never the only place of anything: every value may be gone at any moment, and losing the store
 * changes latency only. Twins: memory-cache.ts (one process) and redis-cache.ts.
 */
export type Cache = {
  /** The value, or undefined when there is none. */
  readonly get: (key: string) => Promise<Json | undefined>;
  readonly set: (key: string, value: Json, seconds: number) => Promise<void>;
  /** Forgets a key, in every process that shares the cache. */
  readonly remove: (key: string) => Promise<void>;
  readonly state: () => CacheState;
  readonly close: () => Promise<void>;
};
