import { SESSION_COOKIE } from '#platform/access/authenticate.ts';
import type { Store } from '#platform/data/store.ts';
import type { PublicRequest, PublicRoute, RouteAnswer } from '#platform/kernel/route.ts';
import { onlyKeys } from './body.ts';
import { hasUsers, record } from './introspect.ts';
import { userView } from './me.ts';
import { isSetupToken, setUp } from './setup.ts';
import { signIn, signOut, type NewSession } from './sessions.ts';

const WEEK_SECONDS = 7 * 24 * 3600;
const TEXT = { type: 'string' } as const;
const SESSION = { $ref: '#/components/schemas/Session' } as const;
const CREDENTIALS = {
  type: 'object',
  required: ['email', 'password'],
  properties: { email: TEXT, password: TEXT },
  examples: [{ email: 'ada@example.com', password: 'correct horse battery staple' }],
} as const;

/**
 * Set-up and signing in: calls for those who have no credentials yet. `forget` makes this process ask anew who is calling; `isHttps`: people
 * come by HTTPS, whatever the last step of the way is.
 */
export function publicIdentityRoutes(store: Store, { forget, isHttps }: { forget: () => void; isHttps: boolean }): readonly PublicRoute[] {
  return [
    {
      method: 'GET',
      path: '/setup',
      summary: 'Whether this installation waits to be set up, and whether a link still leads there',
      query: {
        token: { type: 'string', description: 'The token of a link: the answer then says in `valid` whether it is the one printed last.' },
      },
      answer: { type: 'object', properties: { needed: { type: 'boolean' }, valid: { type: 'boolean' } } },
      handler: async ({ query }) => {
        const needed = !(await hasUsers(store.database));
        const { token } = query;
        const valid = typeof token === 'string' ? { valid: needed && (await isSetupToken(store, token)) } : {};
        return { status: 200, body: { needed, ...valid } };
      },
    },
    {
      method: 'POST',
      path: '/setup',
      summary: 'Set up an empty installation, once, with the token of the printed link',
      query: {},
      status: 201,
      body: { $ref: '#/components/schemas/Setup' },
      answer: SESSION,
      handler: async ({ body, isSecure }) => begun(store, await setUp(store, body), { isSecure: isSecure || isHttps, status: 201 }),
    },
    {
      method: 'POST',
      path: '/session',
      summary: 'Sign in: a session, as a cookie and as a token',
      query: {},
      body: CREDENTIALS,
      answer: SESSION,
      handler: (request) => beginSession(store, { ...request, isSecure: request.isSecure || isHttps }),
    },
    {
      method: 'DELETE',
      path: '/session',
      summary: 'Sign out',
      query: {},
      status: 204,
      handler: ({ token }) => endSession(store, token).finally(forget),
    },
  ];
}

async function beginSession(store: Store, { body, address, isSecure }: PublicRequest): Promise<RouteAnswer> {
  onlyKeys(body, ['email', 'password']);
  const session = await signIn(store, { email: body['email'], password: body['password'], address });
  return begun(store, session, { isSecure, status: 200 });
}

async function endSession(store: Store, token: string | null): Promise<RouteAnswer> {
  if (token) await signOut(store, token);
  return { status: 204, headers: { 'Set-Cookie': `${SESSION_COOKIE}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0` }, body: null };
}

async function begun(store: Store, session: NewSession, how: { isSecure: boolean; status: number }): Promise<RouteAnswer> {
  const user = await record(store, 'user', session.userId);
  const cookie = `${SESSION_COOKIE}=${session.token}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${WEEK_SECONDS}${how.isSecure ? '; Secure' : ''}`;
  return { status: how.status, headers: { 'Set-Cookie': cookie }, body: { user: userView(user ?? {}), token: session.token } };
}
