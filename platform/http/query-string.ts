import { parse } from 'qs';
import { Refusal } from '#platform/kernel/errors.ts';

/** Nothing is left out in silence: more, deeper or longer than this is refused. */
const LIMITS = { depth: 8, strictDepth: true, arrayLimit: 1000, parameterLimit: 1000, throwOnLimitExceeded: true } as const;

/** `=1` and `[a]=1`: no parameter, or one that a parser makes up. */
const NAMELESS = /(?:^|&)(?:=|\[|%5b)/i;

/** The parameters of a URL, `filter[total][gte]=100` as objects. Refuses what it would have to ignore (400). */
export function parseQuery(text: string | undefined | null): { readonly [name: string]: unknown } {
  if (!text) return {};
  // The one name that no parser keeps, because it would change the object it is put into.
  if (/__proto__/i.test(decoded(text))) throw new Refusal('unknown_name', 'There is no parameter __proto__.');
  if (NAMELESS.test(text)) throw new Refusal('malformed_request', 'A parameter of the query string has no name before its value.');
  try {
    return parse(text, { ...LIMITS, plainObjects: true });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new Refusal(
      'malformed_request',
      'The query string has too many parameters, or is nested too deep. Send it as the body of POST …/query.',
    );
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new Refusal(
      'malformed_request',
      'The query string has a % that begins no character in UTF-8. Write a percent sign itself as %25.',
    );
  }
}
