import { Refusal } from '#platform/kernel/errors.ts';
import type { ServiceName } from '#platform/kernel/services.ts';
import type { ServiceTokens } from './service-token.ts';

/** A call to another service, as this one. `actor` is on whose behalf. */
export type ServiceCall = {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body?: unknown;
  readonly actor?: string;
  /** The credential of the caller on whose behalf it is asked: the answer is what they would get themselves. */
  readonly credential?: string;
  /** Milliseconds to wait for the answer, where that is not as long as usual. */
  readonly withinMs?: number;
};

/** What it answered; `body` is parsed JSON, null where there is none. `metadataVersion` is that of a record's names, 0 for other answers. */
export type ServiceAnswer = { readonly status: number; readonly body: unknown; readonly metadataVersion: number };

/** Talks to other services over HTTP, in both shapes. */
export type ServiceClient = {
  readonly request: (service: ServiceName, call: ServiceCall) => Promise<ServiceAnswer>;
  /** The bytes at an address of another service; null when it has nothing there. */
  readonly bytes: (service: ServiceName, path: string) => Promise<Uint8Array | null>;
  /** The bytes of a file that another service has; null when it has none of that id. */
  readonly file: (service: ServiceName, id: string) => Promise<Uint8Array | null>;
};

const TIMEOUT_MS = 10_000;

/** Throws Refusal core_unreachable (503) when the service does not answer; nothing is tried twice. */
export function openServiceClient(options: { tokens: ServiceTokens; urlOf: (service: ServiceName) => string }): ServiceClient {
  const send = async (service: ServiceName, call: ServiceCall): Promise<Response> => {
    const token = call.credential ?? (await options.tokens.issue(service, call.actor));
    return fetch(`${options.urlOf(service)}${call.path}`, {
      method: call.method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(call.body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      signal: AbortSignal.timeout(call.withinMs ?? TIMEOUT_MS),
      ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
    }).catch((error: unknown) => {
      throw new Refusal('core_unreachable', `The service ${service} cannot be reached at the moment.`, {
        retryAfterSeconds: 2,
        extra: { reason: error instanceof Error ? error.message : '' },
      });
    });
  };
  const request = async (service: ServiceName, call: ServiceCall): Promise<ServiceAnswer> => {
    const response = await send(service, call);
    const text = await response.text();
    const metadataVersion = Number(response.headers.get('x-metadata-version') ?? 0);
    return { status: response.status, body: text === '' ? null : JSON.parse(text), metadataVersion };
  };
  const bytes = async (service: ServiceName, path: string): Promise<Uint8Array | null> => {
    const response = await send(service, { method: 'GET', path });
    if (response.status === 404) return null;
    if (response.status === 200) return new Uint8Array(await response.arrayBuffer());
    throw new Refusal('core_unreachable', `The service ${service} answered ${response.status} for a file.`, { retryAfterSeconds: 2 });
  };
  const file = (service: ServiceName, id: string): Promise<Uint8Array | null> => bytes(service, `/api/${service}/files/${id}`);
  return Object.freeze({ request, bytes, file });
}
