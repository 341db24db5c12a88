import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { Refusal } from '#platform/kernel/errors.ts';

/** Counts what one key, such as an address, may do so often a minute. */
export type RateLimit = RateLimiterMemory;

/** So many points a minute for each key. */
export function rateLimit(keyPrefix: string, points: number): RateLimit {
  return new RateLimiterMemory({ points, duration: 60, keyPrefix });
}

/** Counts one attempt under each key; refused with `too_many_requests` where it is one too many. */
export async function countAttempt(attempts: readonly (readonly [limit: RateLimit, key: string])[]): Promise<void> {
  try {
    await Promise.all(attempts.map(([limit, key]) => limit.consume(key)));
  } catch (limited) {
    if (!(limited instanceof RateLimiterRes)) throw limited;
    const said = {
      en: 'Too many attempts. Wait a minute and try again.',
      de: 'Zu viele Versuche. Warten Sie eine Minute, und versuchen Sie es noch einmal.',
    };
    throw new Refusal('too_many_requests', said, { retryAfterSeconds: Math.ceil(limited.msBeforeNext / 1000) });
  }
}
