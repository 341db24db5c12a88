import { Problem } from './problem.ts';
import { workDate } from './work-date.ts';

/** What a call needs beside its path. A form is sent as one, everything else as JSON. */
export type Asked = {
  readonly method?: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  readonly body?: unknown;
  readonly headers?: { readonly [name: string]: string };
  readonly signal?: AbortSignal;
};

/** A successful answer. `etag` is the version to send back as If-Match. */
export type Answered = { readonly status: number; readonly body: unknown; readonly etag: string | null };

type Listener = (status: 401) => void;
const listeners = new Set<Listener>();

/** Calls back when the server no longer knows who we are. */
export function onSignedOut(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** One way to the server: JSON there and back, a Problem for every refusal, a plain sentence when it cannot be reached. */
export async function ask(path: string, asked: Asked = {}): Promise<Answered> {
  const response = await reach(path, asked);
  const text = await response.text();
  const body: unknown = text === '' ? null : parse(text);
  if (response.ok) return { status: response.status, body, etag: response.headers.get('ETag') };
  if (response.status === 401) for (const listener of listeners) listener(401);
  throw new Problem(response.status, isObject(body) ? body : {});
}

/** The body alone, taken at its word: shapes are the HTTP contract's. */
export async function askFor<T>(path: string, asked: Asked = {}): Promise<T> {
  return trusted<T>((await ask(path, asked)).body);
}

async function reach(path: string, { method = 'GET', body, headers, signal }: Asked): Promise<Response> {
  const isJson = body !== undefined && !(body instanceof FormData);
  const sent = body instanceof FormData ? body : JSON.stringify(body);
  const day = method === 'GET' ? null : workDate();
  try {
    return await fetch(path, {
      method,
      headers: { ...(isJson ? { 'Content-Type': 'application/json' } : {}), ...(day === null ? {} : { 'Work-Date': day }), ...headers },
      ...(body === undefined ? {} : { body: sent }),
      ...(signal ? { signal } : {}),
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new Problem(0, { code: 'unreachable', detail: 'The server cannot be reached. Your input is kept; try again in a moment.' });
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function isObject(value: unknown): value is { readonly [name: string]: unknown } {
  return typeof value === 'object' && value !== null;
}

/** The one place where an answer's JSON becomes a type: the contract says what it is. */
export function trusted<T>(value: unknown): T;
export function trusted(value: unknown): unknown {
  return value;
}
