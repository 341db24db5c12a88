/** An answer as it came: nothing thrown, whatever its status. */
export type Answer = {
  readonly status: number;
  readonly headers: Headers;
  /** Whatever was parsed: tests look into answers as they come. */
  readonly body: ReturnType<typeof JSON.parse>;
};

/** Talks to an installation as one caller. */
export type Client = {
  readonly url: string;
  readonly token: string;
  readonly get: (path: string) => Promise<Answer>;
  readonly post: (path: string, body?: unknown, headers?: Record<string, string>) => Promise<Answer>;
  readonly put: (path: string, body: unknown, headers?: Record<string, string>) => Promise<Answer>;
  readonly patch: (path: string, body: unknown, headers?: Record<string, string>) => Promise<Answer>;
  readonly delete: (path: string) => Promise<Answer>;
};

/** A client with a session token or API key; empty: nobody. */
export function clientOf(url: string, token: string): Client {
  const call = async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> => {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: {
        ...(token === '' ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: text.startsWith('{') || text.startsWith('[') ? JSON.parse(text) : text,
    };
  };
  return {
    url,
    token,
    get: (path) => call('GET', path),
    post: (path, body, headers) => call('POST', path, body ?? {}, headers),
    put: (path, body, headers) => call('PUT', path, body, headers),
    patch: (path, body, headers) => call('PATCH', path, body, headers),
    delete: (path) => call('DELETE', path),
  };
}

/** Who is set up first in every test: with these they sign in. */
export const FIRST_ADMINISTRATOR = { email: 'ada@example.com', password: 'correct horse battery staple' } as const;

/** Sets an empty installation up by its link and answers a client of its first administrator. */
export async function setUp(url: string, setupLink: string): Promise<Client> {
  const token = new URL(setupLink).searchParams.get('token');
  const answer = await clientOf(url, '').post('/api/platform/setup', {
    token,
    company: { name: 'Muster AG', country: 'DE', currency: 'EUR', timeZone: 'Europe/Berlin' },
    user: { name: 'Ada', ...FIRST_ADMINISTRATOR },
  });
  if (answer.status >= 300) throw new Error(`The set-up answered ${answer.status}: ${JSON.stringify(answer.body)}`);
  return clientOf(url, answer.body.token);
}

/** A new session of that administrator, in an installation that was set up before. */
export async function signIn(url: string): Promise<Client> {
  const answer = await clientOf(url, '').post('/api/platform/session', FIRST_ADMINISTRATOR);
  if (answer.status >= 300) throw new Error(`Signing in answered ${answer.status}: ${JSON.stringify(answer.body)}`);
  return clientOf(url, answer.body.token);
}
