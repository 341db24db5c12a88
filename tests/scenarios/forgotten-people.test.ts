import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { ask } from '#tests/support/books.ts';
import type { Answer } from '#tests/support/client.ts';
import { eventually } from '#tests/support/eventually.ts';
import { startMailed, type Mailed } from '#tests/support/mailed-installation.ts';
import { messagesOf } from '#tests/support/messages.ts';
import { salesOf, type Sales } from '#tests/support/sales.ts';
import { runScheduled } from '#tests/support/scheduled.ts';
import { skipReason, testDatabaseUrl } from '#tests/support/services.ts';
import { openShuffledBus } from '#tests/support/shuffled-bus.ts';

const CUSTOMERS = '/api/customers/customers';
const CONTACTS = '/api/customers/contacts';
const NOTIFICATIONS = '/api/notifications';

let mailbox: Mailed;
let sales: Sales;
let ruleId: string;

const listed = async (collection: string): Promise<Answer['body'][]> =>
  (await sales.client.get(`${NOTIFICATIONS}/${collection}?limit=100`)).body.items;

/** Everything that names somebody by an address, in every row of the service and in all that it tells and has heard. */
async function traces(address: string): Promise<readonly string[]> {
  const tables = ['records.preference', 'records.suppression', 'records.message_time', 'platform.outbox'];
  const found = await Promise.all(
    tables.map(async (table) => {
      const rows = await ask(mailbox.installation, 'notifications', `select t::text from ${table} t where t::text ilike '%${address}%'`);
      return rows.map(({ t }) => `${table}: ${String(t)}`);
    }),
  );
  return found.flat().filter((row) => !row.includes('MessageCreated') && !row.includes('MessageUpdated'));
}

/** Puts everything there that names an address. */
async function everythingFor(address: string): Promise<void> {
  const other = address.replace('@', '+unwanted@');
  await sales.create(`${NOTIFICATIONS}/suppressions`, {
    address: address.toUpperCase(),
    channel: 'email',
    reason: 'unsubscribed',
    notes: `Said ${address}`,
  });
  await sales.create(`${NOTIFICATIONS}/message-times`, { recipient: address, quietFrom: '22:00:00', quietUntil: '06:00:00' });
  await sales.create(`${NOTIFICATIONS}/preferences`, { recipient: address, ruleId, channel: 'email', wanted: false });
  await sales.create(`${NOTIFICATIONS}/preferences`, { recipient: address, ruleId, channel: 'sms', wanted: true });
  await sales.create(`${NOTIFICATIONS}/suppressions`, { address: other, channel: 'email' });
}

const forgotten = (what: string, address: string): Promise<boolean> =>
  eventually(what, async () => (await traces(address.replace('@', '%@'))).every((row) => row.includes('+unwanted')) && (await isHeard()));

async function erase(path: string): Promise<void> {
  const { status, body } = await sales.client.post(`${path}/actions/erase`, {});
  assert.equal(status, 200, JSON.stringify(body));
}

/** Whether all that was told of erased people has been heard, twice. */
async function isHeard(): Promise<boolean> {
  const [told] = await ask(mailbox.installation, 'customers', `select count(*)::int as n from platform.outbox where type = 'PeopleErased'`);
  const [heard] = await ask(
    mailbox.installation,
    'notifications',
    `select count(*)::int as n from platform.inbox where consumer = 'notifications/forgetPeople'`,
  );
  return told?.['n'] === heard?.['n'];
}

describe('People whose data are erased, every event twice and in any order', { skip: skipReason(testDatabaseUrl()) }, () => {
  before(async () => {
    mailbox = await startMailed({ bus: openShuffledBus(11) });
    sales = salesOf(mailbox.installation.admin);
    await sales.create(`${NOTIFICATIONS}/templates`, {
      name: 'hello',
      about: 'offer',
      subject: 'Offer for {{recipient.name}}',
      language: 'en',
      body: '<p>Dear {{recipient.name}}</p>',
      channel: 'email',
    });
    const rule = { name: 'New offers', about: 'offer', when: 'created', template: 'hello', channel: 'email' };
    ({ id: ruleId } = await sales.create(`${NOTIFICATIONS}/notification-rules`, {
      ...rule,
      condition: { notes: { eq: 'tell' } },
      recipients: [{ kind: 'field', value: 'contactId' }],
    }));
  });
  after(() => mailbox.stop());

  test('are forgotten by notifications: their times go, what they do not want counts on and names nobody', async () => {
    const { id: customerId } = await sales.create(CUSTOMERS, { name: 'Adler', currency: 'EUR' });
    const { id } = await sales.create(CONTACTS, { customerId, name: 'Ada Weber', email: 'Ada@example.org' });
    await everythingFor('ada@example.org');
    await sales.create(`${NOTIFICATIONS}/preferences`, { recipient: `contact/${id}`, ruleId, channel: 'inApp', wanted: true });

    const { body } = await sales.client.get(`/api/platform/personal-data/contact/${id}`);
    const objects = body.records.map(({ object }: { object: string }) => object).toSorted();
    assert.deepEqual(objects, ['contact', 'message_time', 'preference', 'preference', 'preference', 'suppression']);

    await erase(`${CONTACTS}/${id}`);
    await forgotten('nothing names Ada', 'ada@example.org');
    assert.deepEqual(await listed('message-times'), []);
    const [preference, ...others] = await listed('preferences');
    assert.deepEqual([preference.wanted, preference.channel, others], [false, 'email', []]);
    assert.match(preference.recipient, /^erased\/[0-9a-f]{64}$/);
    const suppressed = (await listed('suppressions')).map(({ address, notes }) => ({ address, notes }));
    assert.deepEqual(suppressed, [
      { address: 'ada+unwanted@example.org', notes: null },
      { address: preference.recipient, notes: null },
    ]);

    const again = await sales.create(CONTACTS, { customerId, name: 'Ada again', email: 'ada@Example.org' });
    const offer = await sales.create('/api/offers/offers', { customerId, contactId: again.id, subject: 'x', notes: 'tell' });
    const [message] = await messagesOf(mailbox.installation, 'offer', offer.id);
    assert.deepEqual([message.status, message.address], ['suppressed', 'ada@example.org']);

    await erase(`${CONTACTS}/${again.id}`);
    await forgotten('nothing names Ada once more', 'ada@example.org');
    assert.equal((await listed('suppressions')).length, 2);
    const unsent = await eventually('the message is empty', async () => {
      const { body: now } = await sales.client.get(`${NOTIFICATIONS}/messages/${message.id}`);
      return now.address === null && now;
    });
    assert.deepEqual([unsent.recipientName, unsent.subject, unsent.body, unsent.recipient], [null, null, null, null]);
  });

  test('get nothing more of what waits for them; letters that have left are kept', async () => {
    const { id: customerId } = await sales.create(CUSTOMERS, {
      name: 'Berg',
      kind: 'person',
      email: 'ok-berg@example.org',
      currency: 'EUR',
    });
    const { id: contactId } = await sales.create(CONTACTS, { customerId, name: 'Bo', email: 'ok-bo@example.org' });
    const offer = async (): Promise<Answer['body']> => {
      const { id } = await sales.create('/api/offers/offers', { customerId, contactId, subject: 'x', notes: 'tell' });
      return (await messagesOf(mailbox.installation, 'offer', id))[0];
    };
    const first = await offer();
    await runScheduled(mailbox.installation, 'notifications', 'sendMail');
    await sales.client.patch(`${NOTIFICATIONS}/notification-rules/${ruleId}`, { rhythm: 'daily', digestAt: '03:00:00' });
    const second = await offer();
    assert.equal(second.waitsFor, 'digest');
    await erase(`${CUSTOMERS}/${customerId}`);
    const waited = await eventually('it waits no more', async () => {
      const { body } = await sales.client.get(`${NOTIFICATIONS}/messages/${second.id}`);
      return body.address === null && body;
    });
    assert.deepEqual([waited.status, waited.waitsFor, waited.body], ['suppressed', null, null]);
    const { body: left } = await sales.client.get(`${NOTIFICATIONS}/messages/${first.id}`);
    assert.deepEqual([left.status, left.address], ['sent', 'ok-bo@example.org']);
  });

  test('leave alone what others have said whose mailbox is the same', async () => {
    const { id: customerId } = await sales.create(CUSTOMERS, { name: 'Clan', email: 'office@example.org' });
    const { id } = await sales.create(CONTACTS, { customerId, name: 'Cleo', email: 'office@example.org' });
    await sales.create(`${NOTIFICATIONS}/message-times`, {
      recipient: 'office@example.org',
      quietFrom: '22:00:00',
      quietUntil: '06:00:00',
    });
    await erase(`${CONTACTS}/${id}`);
    await eventually('it is heard', isHeard);
    assert.deepEqual(
      (await listed('message-times')).map(({ recipient }) => recipient),
      ['office@example.org'],
    );
  });
});
