import { getRecord } from '#platform/data/read/record.ts';
import { readSource } from '#platform/data/read/source.ts';
import { saveRecord } from '#platform/data/save/save.ts';
import type { Store } from '#platform/data/store.ts';
import { Refusal } from '#platform/kernel/errors.ts';
import type { JsonSchema } from '#platform/kernel/field-types/field-type.ts';
import type { Route, RouteAnswer, RouteRequest } from '#platform/kernel/route.ts';
import { createApiKey, createUser, setPassword } from './accounts.ts';
import { objectBody, onlyKeys } from './body.ts';
import { introspect } from './introspect.ts';
import { changeMe, meView } from './me.ts';

const named = (name: string): JsonSchema => ({ $ref: `#/components/schemas/${name}` });
const PASSWORD: JsonSchema = { type: 'string', minLength: 10, maxLength: 200 };
const ADMINISTRATOR = { access: 'administrator', query: {} } as const;

type StoreRoute = Omit<Route, 'handler'> & { readonly handler: (store: Store, request: RouteRequest) => Promise<RouteAnswer> };

/** Who am I, users with passwords, API keys with secrets, and what services ask. Placed before the record API of the same collections. */
export function identityRoutes(store: Store): readonly Route[] {
  return ROUTES.map((route) => ({ ...route, handler: (request) => route.handler(store, request) }));
}

const ROUTES: readonly StoreRoute[] = [
  { method: 'GET', path: '/me', summary: 'Who is calling', query: {}, answer: named('Me'), handler: getMe },
  {
    method: 'PATCH',
    path: '/me',
    summary: "One's own language, time zone and password",
    query: {},
    body: named('MeChange'),
    answer: named('Me'),
    handler: changeMe,
  },
  {
    ...ADMINISTRATOR,
    method: 'POST',
    path: '/users',
    summary: 'Create a user, with a first password',
    status: 201,
    body: { allOf: [named('userCreate'), { type: 'object', properties: { password: PASSWORD } }] },
    answer: named('user'),
    handler: postUser,
  },
  {
    ...ADMINISTRATOR,
    method: 'POST',
    path: '/users/:id/password',
    summary: "Set a user's password; their sessions end",
    status: 204,
    body: { type: 'object', required: ['password'], properties: { password: PASSWORD } },
    handler: postPassword,
  },
  {
    ...ADMINISTRATOR,
    method: 'POST',
    path: '/api-keys',
    summary: 'Create an API key; its secret is in this answer and nowhere else',
    status: 201,
    body: named('api_keyCreate'),
    answer: { allOf: [named('api_key'), { type: 'object', required: ['key'], properties: { key: { type: 'string' } } }] },
    handler: postApiKey,
  },
  {
    ...ADMINISTRATOR,
    method: 'POST',
    path: '/api-keys/:id/revoke',
    summary: 'Revoke an API key, everywhere',
    answer: named('api_key'),
    handler: revokeApiKey,
  },
  {
    method: 'POST',
    path: '/introspections',
    summary: 'Whose credential this is',
    access: 'service',
    query: {},
    handler: postIntrospection,
  },
];

async function getMe(store: Store, { caller }: RouteRequest): Promise<RouteAnswer> {
  return { status: 200, body: await meView(store, caller) };
}

async function postUser(store: Store, { caller, body }: RouteRequest): Promise<RouteAnswer> {
  return { status: 201, ...(await createUser(store, caller, objectBody(body))) };
}

async function postPassword(store: Store, { params, body }: RouteRequest): Promise<RouteAnswer> {
  const given = objectBody(body);
  onlyKeys(given, ['password']);
  await setPassword(store, params['id'] ?? '', given['password']);
  return { status: 204, body: null };
}

async function postApiKey(store: Store, { caller, body }: RouteRequest): Promise<RouteAnswer> {
  return { status: 201, ...(await createApiKey(store, caller, objectBody(body))) };
}

async function postIntrospection(store: Store, { body }: RouteRequest): Promise<RouteAnswer> {
  const { token } = objectBody(body);
  const identity = typeof token === 'string' ? await introspect(store, token) : null;
  return identity ? { status: 200, body: identity } : { status: 404, body: null };
}

async function revokeApiKey(store: Store, { caller, params }: RouteRequest): Promise<RouteAnswer> {
  const object = store.schema().byName.get('api_key');
  if (!object) throw new Refusal('not_found', 'There is nothing here.');
  const id = params['id'] ?? '';
  await saveRecord(store, caller, { operation: 'update', object, id, values: { revokedAt: new Date().toISOString() } }, { asSystem: true });
  const found = await getRecord(readSource(store, caller), object, id);
  return { status: 200, body: found?.json ?? '{}' };
}
