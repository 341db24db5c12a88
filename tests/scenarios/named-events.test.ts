import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { billingOf, type Billing } from '#tests/support/billing.ts';
import { ask } from '#tests/support/books.ts';
import type { Answer } from '#tests/support/client.ts';
import { eventually } from '#tests/support/eventually.ts';
import { startInstallation, type Installation } from '#tests/support/installation.ts';
import { messagesOf } from '#tests/support/messages.ts';
import { salesOf, type Sales } from '#tests/support/sales.ts';
import { skipReason, testDatabaseUrl } from '#tests/support/services.ts';
import { openShuffledBus } from '#tests/support/shuffled-bus.ts';

const CUSTOMERS = '/api/customers/customers';
const RULES = '/api/notifications/notification-rules';
const TEMPLATES = '/api/notifications/templates';
const MESSAGES = '/api/notifications/messages';

let installation: Installation;
let sales: Sales;
let billing: Billing;

describe('Rules on named events, each heard twice and in any order', { skip: skipReason(testDatabaseUrl()) }, () => {
  before(async () => {
    installation = await startInstallation({ bus: openShuffledBus(3) });
    sales = salesOf(installation.admin);
    billing = await billingOf(installation, sales);
  });
  after(() => installation.stop());

  describe('when they are saved', definitions);
  describe('tell', telling);
});

/** A template of an event, in English by these channels, and a rule with its name. */
async function rule(
  name: string,
  values: object,
  { body, channels = ['inApp'] }: { body: string; channels?: readonly string[] },
): Promise<void> {
  const { about, event }: { about?: string; event?: string } = values;
  const isOfRecord = event?.endsWith('Created');
  for (const channel of channels)
    await sales.create(TEMPLATES, { name, about, channel, language: 'en', subject: name, body, ...(isOfRecord ? {} : { event }) });
  const recipients = [{ kind: 'role', value: 'administrator' }];
  await sales.create(RULES, { name, template: name, when: 'event', recipients, channel: 'inApp', ...values });
}

async function toldBy(subject: string, count = 1): Promise<Answer['body'][]> {
  const filter = encodeURIComponent(JSON.stringify({ subject: { eq: subject } }));
  return eventually(`${subject} is told`, async () => {
    const { body } = await installation.admin.get(`${MESSAGES}?filter=${filter}&sort=createdAt`);
    return body.items.length >= count && body.items;
  });
}

function definitions(): void {
  const pointers = async (path: string, values: object): Promise<readonly string[]> => {
    const { status, body } = await installation.admin.post(path, values);
    assert.equal(status, 422, JSON.stringify(body));
    return body.errors.map(({ pointer, message }: { pointer: string; message: string }) => `${pointer} ${message}`);
  };

  test('templates name only fields that the event declares', async () => {
    const template = {
      name: 'suspended',
      about: 'customer',
      event: 'CustomerSuspended',
      channel: 'inApp',
      language: 'en',
      subject: '{{name}}',
    };
    const [wrong = '', ...others] = await pointers(TEMPLATES, { ...template, body: '{{event.reason}} {{event.reson}}' });
    assert.equal(others.length, 0);
    assert.match(wrong, /^\/body .*event\.reson.*Did you mean reason\?/);
    assert.match(
      (await pointers(TEMPLATES, { ...template, event: 'CustomerSuspend', body: 'x' }))[0] ?? '',
      /^\/event .*CustomerSuspended\?/,
    );
    assert.match((await pointers(TEMPLATES, { ...template, event: null, body: '{{event.reason}}' }))[0] ?? '', /^\/body .*event\.reason/);
    const { body } = await installation.admin.post(`${TEMPLATES}/actions/preview`, {
      ...template,
      name: undefined,
      about: 'eventAlone',
      event: 'LoginFailed',
      subject: 'x',
      body: 'By {{event.email}}',
    });
    assert.equal(body.answer?.body, '<p>By ‹email›</p>', JSON.stringify(body));
  });

  test('rules name events, records and fields that there are, and templates of the same event', async () => {
    await sales.create(TEMPLATES, {
      name: 'declined',
      about: 'offer',
      event: 'OfferDeclined',
      channel: 'inApp',
      language: 'en',
      subject: 'No',
      body: '{{event.reason}}',
    });
    const base = { name: 'No', about: 'offer', when: 'event', template: 'declined', recipients: [{ kind: 'role', value: 'manager' }] };
    assert.match((await pointers(RULES, { ...base, event: 'OfferDeclines' }))[0] ?? '', /^\/event .*OfferDeclined\?/);
    assert.match((await pointers(RULES, { ...base, event: 'EventStored' }))[0] ?? '', /^\/event .*no end/);
    assert.match((await pointers(RULES, { ...base, event: 'OfferAccepted' }))[0] ?? '', /^\/template .*OfferDeclined/);
    assert.match((await pointers(RULES, { ...base, event: 'StockLow' }))[0] ?? '', /^\/about .*Possible: eventAlone/);
    const conditions = [{ reson: 'x' }, { reason: { gt: 'x' } }, { or: { reason: 'x' } }];
    for (const eventCondition of conditions)
      assert.match((await pointers(RULES, { ...base, event: 'OfferDeclined', eventCondition }))[0] ?? '', /^\/eventCondition /);
    assert.ok(
      (await pointers(RULES, base)).some((one) => one.startsWith('/event ')),
      'the event is asked for',
    );
  });
}

function telling(): void {
  test('of the record behind an event, with what the event says, where both meet their conditions', async () => {
    await rule(
      'Debt',
      { about: 'customer', event: 'CustomerSuspended', condition: { currency: 'EUR' }, eventCondition: { reason: { contains: 'debt' } } },
      { body: '{{name}}: {{event.reason}}' },
    );
    for (const [name, currency, reason] of [
      ['Right', 'EUR', 'Old debts'],
      ['Other record', 'USD', 'Old debts'],
      ['Other event', 'EUR', 'Moved'],
    ]) {
      const { id } = await sales.create(CUSTOMERS, { name, currency });
      await sales.act(`${CUSTOMERS}/${id}`, 'suspend', { reason });
    }
    await sales.create(CUSTOMERS, { name: 'After' });
    await eventually('all has been heard', async () => (await ask(installation, 'notifications', HEARD))[0]?.['n'] === '3');
    const [told, ...others] = await toldBy('Debt');
    assert.equal(others.length, 0);
    assert.match(told.body, /Right: Old debts/);
    assert.equal(told.record.object, 'customer');
  });

  test('of events without a record, such as a login that failed', async () => {
    await rule(
      'Who was it',
      { about: 'eventAlone', event: 'LoginFailed' },
      { body: 'Somebody tried {{event.email}} from {{event.address}}.' },
    );
    const login = {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"email":"no@body.example","password":"wrong"}',
    };
    assert.equal((await fetch(`${installation.url}/api/platform/session`, login)).status, 401);
    const [told] = await toldBy('Who was it');
    assert.match(told.body, /tried no@body\.example from/);
    assert.equal(told.record, null);
  });

  test('of amounts and days in events, in reserve too', async () => {
    const customer = { kind: 'field', value: 'customerId' };
    await rule(
      'Much',
      {
        about: 'invoice',
        event: 'InvoiceIssued',
        eventCondition: { grossTotal: { gte: '1190' } },
        recipients: [customer],
        channel: 'email',
        fallback: 'sms',
      },
      { body: '{{number}}: {{money event.grossTotal event.currency}}', channels: ['email', 'sms'] },
    );
    const { id: customerId } = await sales.create(CUSTOMERS, { name: 'Rich', email: 'r@rich.example', currency: 'EUR', language: 'en' });
    const small = await sales.read(await billing.issued('999.99', { customerId }));
    const large = await sales.read(await billing.issued('1000', { customerId }));
    const [told] = await toldBy('Much');
    assert.deepEqual([told.record.id, told.address], [large.id, 'r@rich.example']);
    assert.match(told.body, new RegExp(`${large.number}: €1,190\\.00`));
    assert.match(told.reserve.words.body, /€1,190\.00/);
    assert.ok((await messagesOf(installation, 'invoice', small.id)).every(({ subject }) => subject !== 'Much'));
  });

  test('of records that are made, by the names of these events', async () => {
    await rule('An offer', { about: 'offer', event: 'OfferCreated' }, { body: '{{subject}}' });
    const { id: customerId } = await sales.create(CUSTOMERS, { name: 'Buyer', currency: 'EUR' });
    await sales.create('/api/offers/offers', { customerId, subject: 'Chairs' });
    const [told, ...others] = await toldBy('An offer');
    assert.equal(others.length, 0);
    assert.match(told.body, /Chairs/);
    assert.deepEqual(await ask(installation, 'notifications', 'select reason from platform.dead_letter'), []);
  });
}

const HEARD = `select count(*) as n from platform.inbox where consumer = 'notifications/hear/customers.CustomerSuspended'`;
