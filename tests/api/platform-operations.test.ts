import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { SERVICES } from '#platform/kernel/services.ts';
import { openServiceTokens } from '#platform/access/service-token.ts';
import { clientOf } from '#tests/support/client.ts';
import { startBare, startInstallation, type Bare, type Installation } from '#tests/support/installation.ts';
import { skipReason, testDatabaseUrl } from '#tests/support/services.ts';

const SECRET = 'a secret of tests, long enough to be one';

describe('what an operator sees', { skip: skipReason(testDatabaseUrl()) }, () => {
  let installation: Installation;
  let customers: Bare;
  before(async () => {
    installation = await startInstallation({ services: SERVICES.map(({ name }) => name).filter((name) => name !== 'customers') });
    customers = await startBare({
      services: ['customers'],
      databasePrefix: installation.databasePrefix,
      urlOf: (service) => (service === 'customers' ? 'http://127.0.0.1:1' : installation.url),
    });
  });
  after(async () => {
    await customers.running.stop();
    await installation.stop();
  });

  test('the gateway says whether it is ready and nothing more, and has no metrics', async () => {
    const anybody = clientOf(installation.url, '');
    assert.deepEqual([(await anybody.get('/healthz')).body, (await anybody.get('/readyz')).body], ['ok', 'ok']);
    for (const path of ['/metrics', '/internal/fit']) assert.equal((await anybody.get(path)).status, 404, path);
    assert.equal((await anybody.post('/metrics')).status, 404);
  });

  test("a service's own port says why it is ready, or not", async () => {
    const { status, body } = await clientOf(customers.url, '').get('/readyz');
    assert.deepEqual([status, body.ready], [200, true]);
    const names = body.checks.map((check: { name: string }) => check.name);
    assert.deepEqual(names, ['database', 'metadata', 'events', 'transactions', 'consumers', 'broker', 'cache']);
    assert.match(JSON.stringify(body), /the core answers/);
  });

  test('Prometheus gets requests by route, the lag of events, the pool and the process, for a token', async () => {
    const { token } = installation.admin;
    await clientOf(customers.url, token).get('/api/customers/customers');
    await clientOf(customers.url, token).get('/api/customers/customers/01890a5d-ac96-774b-bcce-b302099a8057');
    assert.equal((await clientOf(customers.url, '').get('/metrics')).status, 401);
    const { status, body } = await clientOf(customers.url, token).get('/metrics');
    assert.equal(status, 200);
    const counted = String(body)
      .split('\n')
      .filter((line) => line.startsWith('http_request_duration_seconds_count'))
      .map((line) => String(/route="([^"]*)",status="(\d+)"/.exec(line)?.slice(1).join(' ')));
    assert.deepEqual(counted.filter((line) => line.includes('collection')).toSorted(), [
      '/api/customers/:collection 200',
      '/api/customers/:collection/:id 404',
    ]);
    for (const name of [
      'tessera_events_waiting',
      'tessera_database_connections',
      'process_cpu_seconds_total',
      'nodejs_heap_size_used_bytes',
    ])
      assert.ok(body.includes(`\n${name}`), name);
  });

  test('the role Monitoring is enough for that, and for nothing else', async () => {
    const keyOf = async (role: string): Promise<string> =>
      (await installation.admin.post('/api/platform/api-keys', { name: role, roles: [role] })).body.key;
    const [monitoring, viewer] = [clientOf(customers.url, await keyOf('monitoring')), clientOf(customers.url, await keyOf('viewer'))];
    assert.equal((await monitoring.get('/metrics')).status, 200);
    assert.equal((await monitoring.get('/api/customers/customers')).status, 404);
    assert.match((await viewer.get('/metrics')).body.detail, /role Monitoring/);
  });

  test('an administrator sees each service, its version and what it stands on, in one list', async () => {
    const { body } = await installation.admin.get('/api/platform/services');
    const offers = body.items.find((one: { module: string }) => one.module === 'offers');
    assert.deepEqual([offers.reachable, offers.ready, offers.lag, offers.error], [true, true, 0, null]);
    assert.equal(offers.checks[0].name, 'database');
    const away = body.items.find((one: { module: string }) => one.module === 'customers');
    assert.deepEqual([away.reachable, away.ready], [false, false]);
  });

  test("a service's token is good for its audience alone", async () => {
    const tokens = openServiceTokens(SECRET, 'offers');
    const path = '/api/platform/schema/offers';
    const right = await tokens.issue('platform');
    const claims = JSON.parse(Buffer.from(right.split('.')[1] ?? '', 'base64url').toString());
    assert.deepEqual([claims.iss, claims.aud, claims.exp - claims.iat <= 60], ['offers', 'platform', true]);
    assert.equal((await clientOf(installation.url, right).get(path)).status, 200);
    assert.equal((await clientOf(installation.url, await tokens.issue('customers')).get(path)).status, 401);
    const forged = await openServiceTokens('another secret, as long as the first one', 'offers').issue('platform');
    assert.equal((await clientOf(installation.url, forged).get(path)).status, 401);
    assert.equal((await installation.admin.get(path)).status, 404);
  });
});
