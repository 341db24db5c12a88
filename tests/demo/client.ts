/** A client of the public API, as an integration would write one: bearer token, JSON in and out, problems as errors. */
export type Client = {
  readonly get: (path: string) => Promise<Answer>;
  readonly post: (path: string, body: unknown) => Promise<Answer>;
  readonly patch: (path: string, body: unknown) => Promise<Answer>;
  readonly put: (path: string, body: unknown, headers: { readonly [name: string]: string }) => Promise<Answer>;
};

/** Status and parsed body; `body` is `{}` where there is none. */
export type Answer = { readonly status: number; readonly body: JsonObject };

/** A parsed JSON object whose members are not known. */
export type JsonObject = { readonly [key: string]: unknown };

/** Talks to an installation at `url` with an API key or session token, on a working date where one is given. 404 is an answer, other refusals throw. */
export function connect(url: string, token: string, workDate?: string): Client {
  const call = async (method: string, path: string, body?: unknown, headers: { readonly [name: string]: string } = {}): Promise<Answer> => {
    const response = await reach(`${url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(workDate === undefined ? {} : { 'work-date': workDate }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const parsed = asObject(await response.json().catch(() => ({})));
    if (response.status === 401) throw new Error(`${url} does not know this token. Make an API key in Setup → API keys.`);
    if (response.status >= 400 && response.status !== 404)
      throw new Error(
        `${method} ${path} answered ${response.status}: ${String(parsed['detail'] ?? parsed['title'])} ${JSON.stringify(parsed['errors'] ?? '')}`,
      );
    return { status: response.status, body: parsed };
  };
  return {
    get: (path) => call('GET', path),
    post: (path, body) => call('POST', path, body),
    patch: (path, body) => call('PATCH', path, body),
    put: (path, body, headers) => call('PUT', path, body, headers),
  };
}

async function reach(url: string, request: RequestInit): Promise<Response> {
  try {
    return await fetch(url, request);
  } catch (error) {
    throw new Error(`Nothing answers at ${new URL(url).origin}. Start Tessera with npm start, or give its address.`, { cause: error });
  }
}

/** The value as an object; `{}` when it is none. */
export function asObject(value: unknown): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}

/** The value as a list of objects; empty when it is none. */
export function asList(value: unknown): readonly JsonObject[] {
  return Array.isArray(value) ? value.map(asObject) : [];
}
