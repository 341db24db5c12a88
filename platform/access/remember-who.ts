import { createHash } from 'node:crypto';
import type { Cache } from '#platform/cache/cache.ts';
import { trusted } from '#platform/kernel/seam.ts';
import type { Introspect } from './authenticate.ts';

/** Short, because every process remembers for itself as well, and a revoked credential must be forgotten by all within 30 s. */
const SECONDS = 5;

/** Shares what the core said about a credential with the other processes, so that a page that asks ten services asks the core once. */
export function rememberWho(cache: Cache, introspect: Introspect): Introspect {
  return async (token) => {
    const key = `who:${createHash('sha256').update(token).digest('base64url')}`;
    const known = await cache.get(key);
    if (known !== undefined) return trusted(known);
    const identity = await introspect(token);
    if (identity) await cache.set(key, trusted(identity), SECONDS);
    return identity;
  };
}
