import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { momentIn } from '#platform/kernel/dates.ts';
import type { Answer, Client } from '#tests/support/client.ts';
import { startInstallation, type Installation } from '#tests/support/installation.ts';
import { messagesOf } from '#tests/support/messages.ts';
import { signInAs } from '#tests/support/people.ts';
import { salesOf, type Sales } from '#tests/support/sales.ts';
import { skipReason, testDatabaseUrl } from '#tests/support/services.ts';

const OWN = '/api/notifications/notification-rules/actions';
const TIMES = '/api/notifications/message-times';
const PREFERENCES = '/api/notifications/preferences';
const NOTHING = { quietFrom: null, quietUntil: null, rhythm: null, digestAt: null, digestDay: null };

describe('People’s own messages', { skip: skipReason(testDatabaseUrl()) }, () => {
  let installation: Installation;
  let sales: Sales;
  let clerk: Client;
  let viewer: Client;
  let clerkId: string;
  before(async () => {
    installation = await startInstallation();
    sales = salesOf(installation.admin);
    clerk = await signInAs(installation, 'sales');
    viewer = await signInAs(installation, 'viewer');
    clerkId = (await clerk.get('/api/platform/me')).body.user.id;
    const template = { name: 'own', about: 'customer', subject: 'New: {{name}}', body: '<p>{{name}}</p>', language: 'en' };
    for (const channel of ['email', 'inApp']) await sales.create('/api/notifications/templates', { ...template, channel });
    const rule = { about: 'customer', when: 'created', template: 'own', condition: { notes: { eq: 'tell' } } };
    await sales.create('/api/notifications/notification-rules', {
      ...rule,
      name: 'New customers',
      channel: 'email',
      fallback: 'inApp',
      recipients: [{ kind: 'role', value: 'sales' }],
    });
    await sales.create('/api/notifications/notification-rules', {
      ...rule,
      name: 'Not for sales',
      channel: 'email',
      recipients: [{ kind: 'role', value: 'accounting' }],
    });
  });
  after(() => installation.stop());

  const own = async (client: Client, command = 'own-messages', input: object = {}): Promise<Answer['body']> => {
    const { status, body } = await client.post(`${OWN}/${command}`, input);
    assert.equal(status, 200, JSON.stringify(body));
    return body.answer;
  };
  const ruleOf = async (client: Client, name: string): Promise<Answer['body']> =>
    (await own(client)).rules.find((rule: { name: string }) => rule.name === name);
  const told = async (name: string): Promise<Answer['body']> => {
    const { id } = await sales.create('/api/customers/customers', { name, notes: 'tell' });
    return (await messagesOf(installation, 'customer', id)).find(({ userId }) => userId === clerkId);
  };

  test('are what rules tell them, by channels that reach them', async () => {
    const rule = await ruleOf(clerk, 'New customers');
    assert.deepEqual(rule.channels, [
      { channel: 'email', wanted: true },
      { channel: 'inApp', wanted: true },
    ]);
    assert.equal(await ruleOf(clerk, 'Not for sales'), undefined);
    assert.equal(await ruleOf(viewer, 'New customers'), undefined);
    assert.deepEqual((await own(viewer)).times, NOTHING);
  });

  test('come when they say, and no other’s times change', async () => {
    const zone = (await installation.admin.get('/api/platform/companies')).body.items[0].timeZone;
    const clock = (minutes: number): string => `${momentIn(zone, new Date(Date.now() + minutes * 60_000).toISOString()).slice(11, 16)}:00`;
    const quiet = { quietFrom: clock(-60), quietUntil: clock(120) };
    assert.deepEqual((await own(clerk, 'set-own-times', quiet)).times, { ...NOTHING, ...quiet });
    assert.deepEqual((await own(viewer)).times, NOTHING);
    assert.deepEqual([(await told('Quiet')).waitsFor, (await told('Quiet too')).status], ['quietHours', 'queued']);
    const weekly = { rhythm: 'weekly', digestAt: '08:00:00', digestDay: 'monday' };
    assert.deepEqual((await own(clerk, 'set-own-times', weekly)).times, { ...NOTHING, ...weekly });
    assert.equal((await told('Collected')).waitsFor, 'digest');
    await own(clerk, 'set-own-times', { rhythm: 'atOnce', digestAt: '08:00:00' });
    assert.deepEqual((await own(clerk)).times, { ...NOTHING, rhythm: 'atOnce' });
    assert.equal((await told('At once')).waitsFor, null);
    const { body } = await installation.admin.get(TIMES);
    assert.deepEqual(
      body.items.map(({ recipient }: { recipient: string }) => recipient),
      [`user/${clerkId}`],
    );
  });

  test('are refused times that are none, at the field', async () => {
    const faultOf = async (input: object): Promise<unknown> => {
      const { status, body } = await clerk.post(`${OWN}/set-own-times`, input);
      return [status, body.errors?.[0]?.pointer];
    };
    assert.deepEqual(await faultOf({ quietFrom: '22:00:00' }), [422, '/quietUntil']);
    assert.deepEqual(await faultOf({ rhythm: 'daily' }), [422, '/digestAt']);
    assert.deepEqual(await faultOf({ rhythm: 'weekly', digestAt: '08:00:00' }), [422, '/digestDay']);
  });

  test('come by the channels that they want, whoever has said otherwise of their address', async () => {
    const { id: ruleId } = await ruleOf(clerk, 'New customers');
    const wants = async (channel: string, wanted: boolean): Promise<Answer['body']> =>
      (await own(clerk, 'set-own-preference', { ruleId, channel, wanted })).rules.find(({ id }: { id: string }) => id === ruleId).channels;
    assert.deepEqual(await wants('email', false), [
      { channel: 'email', wanted: false },
      { channel: 'inApp', wanted: true },
    ]);
    assert.equal((await told('By the bell')).channel, 'inApp');
    await wants('email', true);
    await sales.create(PREFERENCES, { recipient: 'sales@example.com', ruleId, channel: 'email', wanted: false });
    assert.equal((await told('By the bell again')).channel, 'inApp');
    assert.equal((await wants('email', true))[0].wanted, true);
    assert.equal((await told('By mail')).channel, 'email');
  });

  test('are nobody else’s: others are neither read nor written, nor rules of others', async () => {
    const { id: ruleId } = (await installation.admin.get(`/api/notifications/notification-rules?filter[name]=Not%20for%20sales`)).body
      .items[0];
    const admin = (await installation.admin.get('/api/platform/me')).body.user.id;
    const times = await sales.create(TIMES, { recipient: `user/${admin}`, quietFrom: '22:00:00', quietUntil: '06:00:00' });
    const preference = await sales.create(PREFERENCES, { recipient: `user/${admin}`, ruleId, channel: 'email', wanted: false });
    for (const path of [TIMES, `${TIMES}/${times.id}`, PREFERENCES, `${PREFERENCES}/${preference.id}`])
      assert.equal((await clerk.get(path)).status, 404, path);
    assert.equal((await clerk.post(TIMES, { recipient: `user/${clerkId}` })).status, 404);
    assert.equal((await clerk.patch(`${PREFERENCES}/${preference.id}`, { wanted: true })).status, 404);
    assert.equal((await clerk.post(`${OWN}/set-own-times`, { recipient: `user/${admin}` })).status, 400);
    assert.equal((await clerk.post(`${OWN}/set-own-preference`, { ruleId, channel: 'email', wanted: false })).status, 409);
    const now = (await installation.admin.get(`${TIMES}/${times.id}`)).body;
    assert.deepEqual([now.quietFrom, now.version], ['22:00:00', times.version]);
  });
});
