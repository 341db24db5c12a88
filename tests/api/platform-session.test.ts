import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { clientOf, setUp, type Answer, type Client } from '#tests/support/client.ts';
import { eventually } from '#tests/support/eventually.ts';
import { startBare, type Bare } from '#tests/support/installation.ts';
import { skipReason, testDatabaseUrl } from '#tests/support/services.ts';

const PASSWORD = 'correct horse battery staple';
const OTHER_SITE = { 'sec-fetch-site': 'cross-site', origin: 'https://elsewhere.example' };

const database = testDatabaseUrl();
let bare: Bare;
let admin: Client;
let nobody: Client;
before(async () => {
  if (skipReason(database)) return;
  bare = await startBare();
  nobody = clientOf(bare.url, '');
});
after(() => bare?.stop());

describe('signing in', { skip: skipReason(database) }, () => {
  test('an installation is set up once, and only with the token that was printed', async () => {
    assert.deepEqual((await nobody.get('/api/platform/setup')).body, { needed: true });
    const body = {
      token: 'guessed',
      company: { name: 'Muster AG', country: 'DE' },
      user: { name: 'Eve', email: 'eve@example.com', password: PASSWORD },
    };
    assert.equal((await nobody.post('/api/platform/setup', body)).status, 401);
    assert.deepEqual((await nobody.get('/api/platform/setup?token=guessed')).body, { needed: true, valid: false });
    const token = new URL(bare.setupLink).searchParams.get('token');
    assert.deepEqual((await nobody.get(`/api/platform/setup?token=${token}`)).body, { needed: true, valid: true });
    const misspelt = await nobody.post('/api/platform/setup', { ...body, token, compny: {} });
    assert.deepEqual([misspelt.status, misspelt.body.errors[0].pointer], [400, '/compny']);
    const short = await nobody.post('/api/platform/setup', { ...body, token, user: { ...body.user, password: 'short' } });
    assert.deepEqual([short.status, short.body.errors[0].pointer], [422, '/user/password']);
    admin = await setUp(bare.url, bare.setupLink);
    assert.deepEqual((await nobody.get('/api/platform/setup')).body, { needed: false });
    assert.deepEqual((await nobody.get(`/api/platform/setup?token=${token}`)).body, { needed: false, valid: false });
    assert.equal((await nobody.post('/api/platform/setup', { ...body, token })).status, 401);
  });

  test('a password is stored as argon2id, a session and a key as hashes', async () => {
    const [credential] = await rows(bare, 'select password from platform.credential');
    assert.match(String(credential?.[0]), /^argon2id\$19456\$2\$1\$/);
    const made = await admin.post('/api/platform/api-keys', { name: 'Shop', roles: ['sales'] });
    assert.equal(made.status, 201);
    assert.match(made.body.key, /^tsk_[\w-]{43}$/);
    assert.equal(made.headers.get('location'), `/api/platform/api-keys/${made.body.id}`);
    const { body } = await admin.get(`/api/platform/api-keys/${made.body.id}`);
    assert.deepEqual([body.key, body.prefix], [undefined, made.body.key.slice(0, 10)]);
    const stored = JSON.stringify(
      await rows(
        bare,
        `select to_jsonb(s) from platform.api_key_secret s union all select to_jsonb(s) from platform.session s
        union all select data::jsonb from platform.outbox`,
      ),
    );
    for (const secret of [made.body.key, admin.token]) assert.ok(!stored.includes(secret));
  });

  test('the cookie is HttpOnly and SameSite; a page of another site can do nothing with it', async () => {
    const answer = await signIn(bare, 'ada@example.com', PASSWORD);
    const cookie = answer.headers.get('set-cookie') ?? '';
    assert.match(cookie, /^tessera_session=tss_[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=604800$/);
    const own = { cookie: cookie.split(';')[0] ?? '' };
    assert.equal(
      (await nobody.post('/api/customers/customers', { name: 'Acme' }, { ...own, 'sec-fetch-site': 'same-origin' })).status,
      201,
    );
    assert.equal((await nobody.post('/api/customers/customers', { name: 'Acme' }, { ...own, ...OTHER_SITE })).status, 403);
    assert.equal((await nobody.post('/api/customers/customers', { name: 'Acme' }, own)).status, 403);
    assert.equal((await signIn(bare, 'ada@example.com', PASSWORD, OTHER_SITE)).status, 403);
  });

  test('signing out ends the session in every service', async () => {
    const { body } = await signIn(bare, 'ADA@example.com ', PASSWORD);
    const session = clientOf(bare.url, body.token);
    for (const path of ['/api/platform/me', '/api/customers/customers', '/api/offers/offers'])
      assert.equal((await session.get(path)).status, 200);
    const ended = [await session.delete('/api/platform/session'), await session.get('/api/platform/me')];
    assert.deepEqual(
      ended.map(({ status }) => status),
      [204, 401],
    );
    for (const path of ['/api/customers/customers', '/api/offers/offers'])
      await eventually(`${path} forgets`, async () => (await session.get(path)).status === 401, 5);
  });

  test('a revoked key is refused everywhere, long before anybody would ask again', async () => {
    const made = await admin.post('/api/platform/api-keys', { name: 'Old shop', roles: ['sales'] });
    const shop = clientOf(bare.url, made.body.key);
    assert.equal((await shop.get('/api/offers/offers')).status, 200);
    assert.equal((await admin.post(`/api/platform/api-keys/${made.body.id}/revoke`)).status, 200);
    await eventually('offers forgets the key', async () => (await shop.get('/api/offers/offers')).status === 401, 5);
    assert.equal((await shop.get('/api/platform/me')).status, 401);
  });

  test('a session that nobody used for half a day, or that is a week old, is over', async () => {
    for (const change of ["seen_at = now() - interval '13 hours'", "created_at = now() - interval '8 days'"]) {
      const { body } = await signIn(bare, 'ada@example.com', PASSWORD);
      await rows(
        bare,
        `update platform.session set ${change} where id = (select id from platform.session order by created_at desc limit 1)`,
      );
      assert.equal((await clientOf(bare.url, body.token).get('/api/platform/me')).status, 401, change);
    }
  });

  test('a new password needs the present one, and ends all sessions', async () => {
    const made = await admin.post('/api/platform/users', { name: 'Bob', email: 'bob@example.com', roles: ['sales'], password: PASSWORD });
    assert.equal(made.status, 201);
    const bob = clientOf(bare.url, (await signIn(bare, 'bob@example.com', PASSWORD)).body.token);
    const [his, ours] = [(await bob.get('/api/platform/me')).body, (await admin.get('/api/platform/me')).body];
    assert.deepEqual([his.company, his.currency], [null, ours.company.currency], 'who belongs to no company reads amounts in the first');
    const wrong = await bob.patch('/api/platform/me', { password: 'a longer new password' });
    assert.deepEqual([wrong.status, wrong.body.errors[0].pointer], [422, '/currentPassword']);
    assert.equal((await bob.patch('/api/platform/me', { roles: ['administrator'] })).status, 400);
    assert.equal((await bob.patch('/api/platform/me', { password: 'a longer new password', currentPassword: PASSWORD })).status, 200);
    await eventually('the session is over', async () => (await bob.get('/api/platform/me')).status === 401, 5);
    assert.equal((await signIn(bare, 'bob@example.com', 'a longer new password')).status, 200);
  });
});

describe('who signs in, and with what', { skip: skipReason(database) }, () => {
  test('the last administrator stays one, and may be one no longer when there is another', async () => {
    const { body: me } = await admin.get('/api/platform/me');
    const own = `/api/platform/users/${me.user.id}`;
    for (const change of [{ roles: ['sales'] }, { roles: [] }, { active: false }]) {
      const refused = await admin.patch(own, change);
      assert.deepEqual([refused.status, refused.body.errors[0].rule], [422, 'administrator'], JSON.stringify(change));
    }
    const gone = await admin.delete(own);
    assert.deepEqual([gone.status, gone.body.errors[0].rule], [422, 'administrator']);
    const other = { name: 'Cleo', email: 'cleo@example.com', roles: ['administrator'], password: PASSWORD };
    const { body: cleo } = await admin.post('/api/platform/users', other);
    const second = clientOf(bare.url, (await signIn(bare, other.email, PASSWORD)).body.token);
    assert.equal((await second.patch(own, { roles: ['administrator', 'sales'] })).status, 200);
    assert.equal((await admin.patch(`/api/platform/users/${cleo.id}`, { active: false })).status, 200);
    assert.equal((await admin.patch(own, { active: false })).status, 422);
    assert.equal((await admin.delete(`/api/platform/users/${cleo.id}`)).status, 204);
  });

  test('when somebody signed in last, and the day a key was used last, are known', async () => {
    const { body: me } = await admin.get('/api/platform/me');
    await signIn(bare, 'ada@example.com', PASSWORD);
    const { body: user } = await admin.get(`/api/platform/users/${me.user.id}`);
    assert.ok(Date.now() - Date.parse(user.lastSeenAt) < 60_000, user.lastSeenAt);
    const { body: key } = await admin.post('/api/platform/api-keys', { name: 'Till', roles: ['sales'] });
    assert.equal((await clientOf(bare.url, key.key).get('/api/offers/offers')).status, 200);
    const used = (await admin.get(`/api/platform/api-keys/${key.id}`)).body;
    assert.ok(Date.now() - Date.parse(used.lastUsedAt) < 60_000, used.lastUsedAt);
  });

  test('a key that has expired is good for nothing at once, and none is made that has', async () => {
    const past = await admin.post('/api/platform/api-keys', { name: 'Old', roles: ['sales'], expiresAt: '2020-01-01T00:00:00Z' });
    assert.deepEqual([past.status, past.body.errors[0].pointer], [422, '/expiresAt']);
    const expiresAt = new Date(Date.now() + 3000).toISOString();
    const { body } = await admin.post('/api/platform/api-keys', { name: 'Brief', roles: ['sales'], expiresAt });
    const brief = clientOf(bare.url, body.key);
    assert.equal((await brief.get('/api/offers/offers')).status, 200);
    await eventually('it has expired', async () => (await brief.get('/api/offers/offers')).status === 401, 8);
    assert.ok(Date.now() - Date.parse(expiresAt) < 3000, 'not only when the core is asked again');
  });

  test('who guesses is stopped by account and by address, told when to come back, and written down', async () => {
    const statuses: number[] = [];
    for (let attempt = 1; attempt <= 6; attempt += 1) statuses.push((await signIn(bare, 'carol@example.com', `guess ${attempt}`)).status);
    assert.deepEqual(statuses, [401, 401, 401, 401, 401, 429]);
    assert.ok(Number((await signIn(bare, 'carol@example.com', 'guess 7')).headers.get('retry-after')) > 0);
    assert.equal((await signIn(bare, 'ada@example.com', PASSWORD)).status, 200, 'a colleague behind the same address is not locked out');
    const many = Array.from({ length: 25 }, (_, account) => signIn(bare, `user${account}@example.com`, 'guess'));
    assert.ok((await Promise.all(many)).filter(({ status }) => status === 429).length >= 5);
    const failed = await rows(bare, `select data from platform.outbox where type = 'LoginFailed'`);
    assert.equal(failed.filter(([data]) => data?.includes('carol@example.com')).length, 5);
    assert.ok(!JSON.stringify(failed).includes('guess'));
  });
});

/** Tries to sign in, as anybody can. */
function signIn({ url }: Bare, email: string, password: string, headers?: Record<string, string>): Promise<Answer> {
  return clientOf(url, '').post('/api/platform/session', { email, password }, headers);
}

/** A statement in the core's database. */
async function rows({ running }: Bare, text: string): Promise<readonly (readonly (string | null)[])[]> {
  const core = running.services.find((service) => service.name === 'platform');
  assert.ok(core);
  return core.store.database.write({ text, values: [] });
}
