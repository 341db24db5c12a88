import { isRecord } from '#platform/kernel/is-record.ts';
import { isList, parseJson, plainText } from '#platform/kernel/json.ts';

/** What an installation answered. */
export type Answer = { readonly status: number; readonly body: { readonly [part: string]: unknown } };

/** A request to an installation's API: GET, or what is named; POST with a body. */
export type Sent = { readonly method?: 'PUT' | 'DELETE'; readonly body?: unknown; readonly match?: number };

/** Calls an installation's API by its path under `/api`; throws a sentence for whoever typed the command. */
export type Call = (path: string, sent?: Sent) => Promise<Answer>;

/** The API of an installation, with an administrator's key. */
export function apiOf(url: string, token: string): Call {
  return (path, sent = {}) => ask(`${url}/api${path}`, token, sent);
}

async function ask(address: string, token: string, { method, body, match }: Sent): Promise<Answer> {
  const response = await fetch(address, {
    method: method ?? (body === undefined ? 'GET' : 'POST'),
    headers: {
      authorization: `Bearer ${token}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(match === undefined ? {} : { 'if-match': `"${match}"` }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  }).catch((error: unknown) => {
    throw new Error(`Nothing answers at ${new URL(address).origin}. Start Tessera with npm start, or give its address.`, { cause: error });
  });
  const text = await response.text();
  const parsed: unknown = text.startsWith('{') ? parseJson(text) : {};
  const answer = isRecord(parsed) ? parsed : {};
  if (response.status < 400) return { status: response.status, body: answer };
  if (response.status === 401) throw new Error(`${address} does not know this token. Make an API key in Setup → API keys.`);
  throw new Error(
    [`Refused (${response.status}): ${plainText(answer['detail'] ?? answer['title'])}`, ...problemLines(answer['errors'])].join('\n'),
  );
}

function problemLines(errors: unknown): readonly string[] {
  return (isList(errors) ? errors : [])
    .filter(isRecord)
    .map((one) => `  ${plainText(one['pointer']).replaceAll('~1', '/')}: ${plainText(one['message'])}`);
}
