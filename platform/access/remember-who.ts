import { createHash } from 'node:crypto';
import type { Cache } from '#platform/cache/cache.ts';
import type { Json } from '#platform/kernel/model.ts';
import { trusted } from '#platform/kernel/seam.ts';
import type { Introspect } from './authenticate.ts';
import type { Identity } from './identity.ts';

/** Short, because every process remembers for itself as well, and a revoked credential must be forgotten by all within 30 s. */
const SECONDS = 5;

type Remembered = { readonly identity: Identity; readonly at: number };

/** Shares what the core said about a credential with the other processes, so that a page that asks ten services asks the core once. */
export function rememberWho(cache: Cache, introspect: Introspect): Introspect {
  return async (token, since) => {
    const key = `who:${createHash('sha256').update(token).digest('base64url')}`;
    // Only this function writes under such keys.
    const known = trusted<Remembered | undefined>(await cache.get(key));
    if (known && known.at >= since) return known.identity;
    const at = Date.now();
    const identity = await introspect(token, since);
    if (identity) await cache.set(key, trusted<Json>({ identity, at }), SECONDS);
    return identity;
  };
}
