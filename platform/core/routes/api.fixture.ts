import assert from 'node:assert/strict';
import type { Caller } from '#platform/kernel/caller.ts';
import { Refusal } from '#platform/kernel/errors.ts';
import { isRecord } from '#platform/kernel/is-record.ts';
import type { RouteAnswer } from '#platform/kernel/route.ts';
import { refuseUnknownQuery } from '#platform/http/known-query.ts';
import { callerWith, createCoreFixture, type CoreFixture } from '../fixture.ts';
import { coreRoutes } from './index.ts';

export const administrator = callerWith(['administrator']);
export const sales = callerWith(['sales']);

/** What a test sends besides method and path. */
export type Asked = {
  readonly caller?: Caller;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
  readonly query?: Record<string, string>;
};

/** An answer whose body is looked into. */
export type Seen = RouteAnswer & { readonly body: Record<string, unknown> };

/** The metadata API on a core of its own, called without HTTP. */
export type Api = {
  readonly fixture: CoreFixture;
  /** Calls a route; a refusal becomes the answer that http would give. */
  readonly call: (method: string, path: string, asked?: Asked) => Promise<Seen>;
};

/** Opens it, with services that have reported that they serve everything. */
export async function openApi(server: string): Promise<Api> {
  const fixture = await createCoreFixture(server);
  const routes = coreRoutes(fixture.core, {
    reach: () => Promise.resolve({ ready: true, checks: [] }),
    misfits: () => Promise.resolve([]),
    filled: () => Promise.resolve({ rows: 4, isEstimate: false, numbers: [], filled: { 'offer.name': 1, 'offer.subject': 0.25 } }),
  });
  for (const module of ['offers', 'customers', 'platform']) await fixture.core.services.report(module, 1_000_000);
  const call = async (method: string, path: string, asked: Asked = {}): Promise<Seen> => {
    const [route, params] =
      routes.flatMap((one) => (one.method === method ? [[one, match(one.path, path)] as const] : [])).find(([, found]) => found !== null) ??
      [];
    assert.ok(route && params, `${method} ${path}`);
    const { caller = administrator, query = {}, headers = { prefer: 'wait=0' }, body } = asked;
    try {
      refuseUnknownQuery(route, query);
      const answer = await route.handler({ caller, params, query, headers, body });
      return { ...answer, body: isRecord(answer.body) ? answer.body : {} };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return { status: error.status, body: { code: error.code, detail: error.message, errors: error.details.errors } };
    }
  };
  return { fixture, call };
}

/** Where the refused values stand in the request. */
export function pointers({ body }: Seen): readonly unknown[] {
  return Array.isArray(body['errors']) ? body['errors'].map((one: unknown) => (isRecord(one) ? one['pointer'] : '')) : [];
}

/** The items of a list. */
export function items({ body }: Seen): readonly Record<string, unknown>[] {
  return Array.isArray(body['items']) ? body['items'].filter(isRecord) : [];
}

function match(pattern: string, path: string): Record<string, string> | null {
  const wanted = pattern.split('/');
  const given = path.split('/');
  if (wanted.length !== given.length || !wanted.every((part, index) => part.startsWith(':') || part === given[index])) return null;
  return Object.fromEntries(wanted.flatMap((part, index) => (part.startsWith(':') ? [[part.slice(1), given[index] ?? '']] : [])));
}
