import { SESSION_COOKIE } from '#platform/access/authenticate.ts';
import { getRecord } from '#platform/data/read/record.ts';
import { readSource } from '#platform/data/read/source.ts';
import { saveRecord } from '#platform/data/save/save.ts';
import type { Store } from '#platform/data/store.ts';
import type { Caller } from '#platform/kernel/caller.ts';
import { Refusal } from '#platform/kernel/errors.ts';
import { isRecord } from '#platform/kernel/is-record.ts';
import type { PublicRoute, Route, RouteAnswer, RouteRequest } from '#platform/kernel/route.ts';
import { systemCaller } from '#platform/kernel/system-caller.ts';
import { createApiKey, createUser, setPassword } from './accounts.ts';
import { hasUsers, introspect, record } from './introspect.ts';
import { setUp } from './setup.ts';
import { signIn, signOut, type NewSession } from './sessions.ts';

const WEEK_SECONDS = 7 * 24 * 3600;

/** Set-up and signing in: calls for those who have no credentials yet. */
export function publicIdentityRoutes(store: Store): readonly PublicRoute[] {
  const begun = async (session: NewSession, isSecure: boolean, status: number): Promise<RouteAnswer> => {
    const user = await record(store, 'user', session.userId);
    const cookie = `${SESSION_COOKIE}=${session.token}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${WEEK_SECONDS}${isSecure ? '; Secure' : ''}`;
    return { status, headers: { 'Set-Cookie': cookie }, body: { user: userView(user ?? {}), token: session.token } };
  };
  return [
    {
      method: 'GET',
      path: '/setup',
      answer: async () => ({ status: 200, body: { needed: !(await hasUsers(store.database)) } }),
    },
    {
      method: 'POST',
      path: '/setup',
      answer: async ({ body, isSecure }) => begun(await setUp(store, body), isSecure, 201),
    },
    {
      method: 'POST',
      path: '/session',
      answer: async ({ body, address, isSecure }) =>
        begun(await signIn(store, { email: body['email'], password: body['password'], address }), isSecure, 200),
    },
    {
      method: 'DELETE',
      path: '/session',
      answer: async ({ token }) => {
        if (token) await signOut(store, token);
        return {
          status: 204,
          headers: { 'Set-Cookie': `${SESSION_COOKIE}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0` },
          body: null,
        };
      },
    },
  ];
}

/** Who am I, users with passwords, API keys with secrets, and what services ask. Placed before the record API of the same collections. */
export function identityRoutes(store: Store): readonly Route[] {
  return [
    { method: 'GET', path: '/me', handler: async ({ caller }) => ({ status: 200, body: await meView(store, caller) }) },
    { method: 'PATCH', path: '/me', handler: (request) => changeMe(store, request) },
    {
      method: 'POST',
      path: '/users',
      access: 'administrator',
      handler: async ({ caller, body }) => ({ status: 201, body: await createUser(store, caller, objectBody(body)) }),
    },
    {
      method: 'POST',
      path: '/users/:id/password',
      access: 'administrator',
      handler: async ({ params, body }) => {
        await setPassword(store, params['id'] ?? '', objectBody(body)['password']);
        return { status: 204, body: null };
      },
    },
    {
      method: 'POST',
      path: '/api-keys',
      access: 'administrator',
      handler: async ({ caller, body }) => ({ status: 201, body: await createApiKey(store, caller, objectBody(body)) }),
    },
    {
      method: 'POST',
      path: '/api-keys/:id/revoke',
      access: 'administrator',
      handler: async ({ params, caller }) => ({ status: 200, body: await revoke(store, caller, params['id'] ?? '') }),
    },
    {
      method: 'POST',
      path: '/introspections',
      access: 'service',
      handler: async ({ body }) => {
        const identity = await introspect(store, String(objectBody(body)['token'] ?? ''));
        return identity ? { status: 200, body: identity } : { status: 404, body: null };
      },
    },
  ];
}

function objectBody(body: unknown): { readonly [key: string]: unknown } {
  if (!isRecord(body)) throw new Refusal('malformed_request', 'Send a JSON object.');
  return body;
}

function userView(user: { readonly [key: string]: unknown }): { readonly [key: string]: unknown } {
  const { id, name, email, language, timeZone, roles } = user;
  return { id, name, email, language, timeZone, roles };
}

async function meView(store: Store, caller: Caller): Promise<{ readonly [key: string]: unknown }> {
  const user = caller.userId === undefined ? null : await record(store, 'user', caller.userId);
  const company = caller.companyId === undefined ? null : await record(store, 'company', caller.companyId);
  const shown = company
    ? {
        id: company['id'],
        name: company['name'],
        currency: company['currency'],
        country: company['country'],
        timeZone: company['timeZone'],
      }
    : null;
  return {
    user: { ...userView(user ?? { name: caller.name }), roles: caller.roles },
    company: shown,
    administrator: caller.permissions.administrator,
  };
}

async function changeMe(store: Store, { caller, body }: RouteRequest): Promise<RouteAnswer> {
  const { language, timeZone, password, ...rest } = objectBody(body);
  const unknown = Object.keys(rest)[0];
  if (unknown !== undefined)
    throw new Refusal('unknown_name', `${unknown.slice(0, 60)} cannot be changed here; language, timeZone and password can.`);
  if (caller.userId === undefined) throw new Refusal('not_allowed', 'This caller is no person.');
  const object = store.schema().byName.get('user');
  const values = { ...(language === undefined ? {} : { language }), ...(timeZone === undefined ? {} : { timeZone }) };
  if (object && Object.keys(values).length > 0)
    await saveRecord(
      store,
      { ...systemCaller('platform'), actor: caller.actor },
      { operation: 'update', object, id: caller.userId, values },
      { asSystem: true },
    );
  if (password !== undefined) await setPassword(store, caller.userId, password);
  return {
    status: 200,
    body: await meView(store, {
      ...caller,
      language: language === 'de' || language === 'en' ? language : caller.language,
    }),
  };
}

async function revoke(store: Store, caller: Caller, id: string): Promise<string> {
  const object = store.schema().byName.get('api_key');
  if (!object) throw new Refusal('not_found', 'There is nothing here.');
  await saveRecord(store, caller, { operation: 'update', object, id, values: { revokedAt: new Date().toISOString() } }, { asSystem: true });
  const found = await getRecord(readSource(store, caller), object, id);
  return found?.json ?? '{}';
}
