import { hash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Caller } from '#platform/kernel/caller.ts';
import { Refusal } from '#platform/kernel/errors.ts';
import { systemCaller } from '#platform/kernel/system-caller.ts';
import { callerOf, type Identity } from './identity.ts';
import type { ServiceTokens } from './service-token.ts';

/** What of a request says who is calling. */
export type Credentials = {
  readonly authorization: string | undefined;
  readonly cookie: string | undefined;
  readonly isSafe: boolean;
  readonly isSameOrigin: boolean;
};

/** Finds out who is calling. */
export type Authenticator = {
  /** The caller; throws Refusal not_signed_in (401), not_allowed (a forged cross-site request) or core_unreachable (503). */
  readonly authenticate: (credentials: Credentials) => Caller | Promise<Caller>;
  /** Forgets everybody: roles changed, a session ended, a key was revoked. */
  readonly forget: () => void;
};

/** Asks whose credential this is; null when nobody's. An answer that was given before `since` (milliseconds since 1970) is none. */
export type Introspect = (token: string, since: number) => Promise<Identity | null>;

/** With the 5 s for which processes share an answer, half a minute in all. */
const REMEMBERED_MS = 25_000;
const WITHOUT_CORE_MS = 15 * 60_000;
const REMEMBERED_MAX = 10_000;
/** The session cookie of the screens. */
export const SESSION_COOKIE = 'tessera_session';

/**
 * Credentials are opaque: the core is asked, and its answer remembered for 30 s; while the core cannot be reached, callers it knew go on for
 * 15 min and unknown ones get 503. Tokens of services are checked here, by signature and audience.
 */
export function openAuthenticator(options: { introspect: Introspect; tokens: ServiceTokens }): Authenticator {
  let since = 0;
  const known = new LRUCache<string, Known>({ max: REMEMBERED_MAX, ttl: WITHOUT_CORE_MS });

  const ask = async (token: string, key: string): Promise<Caller> => {
    if (token.split('.').length === 3) return serviceCaller(options.tokens, token);
    const before = known.get(key);
    const asked = since;
    const identity = await options.introspect(token, since).catch((error: unknown) => {
      if (before && isGood(before) && error instanceof Refusal && error.code === 'core_unreachable') return before.caller;
      throw error;
    });
    if (identity === null || ('expiresAt' in identity && !isGood({ until: untilOf(identity) }))) {
      known.delete(key);
      throw notSignedIn();
    }
    if ('permissions' in identity) return identity;
    const caller = callerOf(identity);
    if (asked === since) known.set(key, { caller, at: Date.now(), until: untilOf(identity) });
    return caller;
  };

  return Object.freeze({
    authenticate: (credentials: Credentials) => {
      const token = tokenOf(credentials);
      if (token === null) throw notSignedIn();
      const key = hash('sha256', token, 'base64');
      const found = known.get(key);
      return found && Date.now() - found.at < REMEMBERED_MS && isGood(found) ? found.caller : ask(token, key);
    },
    forget: () => {
      since = Date.now();
      known.clear();
    },
  });
}

/** A caller as the core last answered; `until` (milliseconds since 1970) the credential is good. */
type Known = { readonly caller: Caller; readonly at: number; readonly until: number };

function isGood({ until }: Pick<Known, 'until'>): boolean {
  return Date.now() < until;
}

function untilOf({ expiresAt }: Identity): number {
  return expiresAt === undefined ? Number.POSITIVE_INFINITY : Date.parse(expiresAt);
}

/** Cookies are sent by the browser whoever asks, so a changing request with one must come from our own pages. */
function tokenOf(credentials: Credentials): string | null {
  const bearer = /^Bearer +(\S+)$/i.exec(credentials.authorization ?? '');
  if (bearer?.[1]) return bearer[1];
  const cookie = sessionCookie(credentials.cookie);
  if (cookie && !credentials.isSafe && !credentials.isSameOrigin)
    throw new Refusal('not_allowed', 'This request comes from another site. Sign in here and try again.');
  return cookie;
}

/** The session token in a Cookie header; null without one. */
export function sessionCookie(header: string | undefined): string | null {
  const found = (header ?? '')
    .split(';')
    .map((part) => part.trim())
    .find((part) => part.startsWith(`${SESSION_COOKIE}=`));
  return found ? found.slice(SESSION_COOKIE.length + 1) : null;
}

async function serviceCaller(tokens: ServiceTokens, token: string): Promise<Caller> {
  const identity = await tokens.verify(token);
  if (!identity) throw notSignedIn();
  const caller = systemCaller(identity.service);
  return identity.actor === undefined ? caller : { ...caller, actor: identity.actor };
}

function notSignedIn(): Refusal {
  return new Refusal('not_signed_in', 'Sign in, or send an API key as "Authorization: Bearer …".');
}
