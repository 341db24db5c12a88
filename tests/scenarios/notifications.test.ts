import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { billingOf, type Billing } from '#tests/support/billing.ts';
import { ask } from '#tests/support/books.ts';
import type { Answer } from '#tests/support/client.ts';
import { eventually } from '#tests/support/eventually.ts';
import { startInstallation, type Installation } from '#tests/support/installation.ts';
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

describe('Notifications, every event twice and in any order', { skip: skipReason(testDatabaseUrl()) }, () => {
  before(async () => {
    installation = await startInstallation({ bus: openShuffledBus(3) });
    sales = salesOf(installation.admin);
    billing = await billingOf(installation, sales);
  });
  after(() => installation.stop());

  describe('templates and rules', definitions);
  describe('messages', messages);
});

/** Messages about a record, once there are so many of them. */
async function messagesAbout(object: string, id: string, count = 1): Promise<Answer['body'][]> {
  const filter = encodeURIComponent(JSON.stringify({ record: { eq: `${object}/${id}` } }));
  return eventually(`messages about ${object}`, async () => {
    const { body } = await installation.admin.get(`${MESSAGES}?filter=${filter}&sort=createdAt`);
    return body.items?.length >= count && body.items;
  });
}

function definitions(): void {
  test('come with the product, in two languages', async () => {
    const { body } = await installation.admin.get(`${TEMPLATES}?limit=100`);
    const mails = body.items.filter((one: { channel: string }) => one.channel === 'email');
    assert.deepEqual(new Set(mails.map((one: { language: string }) => one.language)), new Set(['de', 'en']));
    assert.equal((await installation.admin.get(`${RULES}?limit=100`)).body.items.length, 12);
  });

  test('name fields that there are: a wrong one is refused by its name, also where an administrator made it', async () => {
    const template = { name: 'own', about: 'invoice', subject: 'x', body: '{{number}} {{grosTotal}}' };
    const refused = await installation.admin.post(TEMPLATES, template);
    assert.equal(refused.status, 422);
    assert.deepEqual(
      refused.body.errors.map(({ pointer, line }: { pointer: string; line: number }) => ({ pointer, line })),
      [{ pointer: '/body', line: 1 }],
    );
    assert.match(refused.body.detail, /grosTotal.*grossTotal/);
    const rule = {
      name: 'Own',
      about: 'invoice',
      when: 'changed',
      field: 'statu',
      template: 'nothing',
      recipients: [{ kind: 'field', value: 'number' }],
    };
    const wrong = await installation.admin.post(RULES, rule);
    assert.deepEqual(wrong.body.errors.map(({ pointer }: { pointer: string }) => pointer).toSorted(), [
      '/field',
      '/recipients/0/value',
      '/template',
    ]);
    const condition = {
      ...rule,
      field: 'status',
      recipients: [{ kind: 'role', value: 'manager' }],
      template: 'invoice-issued',
      condition: { totl: '1' },
    };
    assert.equal((await installation.admin.post(RULES, condition)).body.errors[0].pointer, '/condition');
  });
}

function messages(): void {
  test('tell a customer once, in their language, that an invoice was issued, and are kept where nothing can send them', async () => {
    const customer = await sales.create(CUSTOMERS, {
      name: 'Bäcker <Schmidt>',
      email: 'post@schmidt.example',
      currency: 'EUR',
      language: 'de',
    });
    const path = await billing.issued('100', { customerId: customer.id });
    const invoice = await sales.read(path);
    const [message, ...others] = await messagesAbout('invoice', invoice.id);
    assert.equal(others.length, 0);
    assert.deepEqual(
      { status: message.status, address: message.address, subject: message.subject, language: message.language, channel: message.channel },
      { status: 'queued', address: 'post@schmidt.example', subject: `Rechnung ${invoice.number}`, language: 'de', channel: 'email' },
    );
    assert.match(message.body, /Guten Tag Bäcker &lt;Schmidt&gt;/);
    assert.match(message.body, /119,00/);
  });

  test('say why they cannot go: without an address, suppressed, not wanted', async () => {
    const silent = await sales.create(CUSTOMERS, { name: 'Silent', currency: 'EUR' });
    const first = await sales.read(await billing.issued('10', { customerId: silent.id }));
    assert.match((await messagesAbout('invoice', first.id))[0].reason, /keine Adresse/);
    await sales.create('/api/notifications/suppressions', { address: 'Gone@Example.org', channel: 'email' });
    const gone = await sales.create(CUSTOMERS, { name: 'Gone', email: 'gone@example.org', currency: 'EUR' });
    const second = await sales.read(await billing.issued('10', { customerId: gone.id }));
    assert.equal((await messagesAbout('invoice', second.id))[0].status, 'suppressed');
  });

  test('reach people in the app, by field and role, each once', async () => {
    const { body: me } = await installation.admin.get('/api/platform/me');
    const customer = await sales.create(CUSTOMERS, { name: 'Slow payer', currency: 'EUR', accountManagerId: me.user.id });
    await sales.act(`${CUSTOMERS}/${customer.id}`, 'suspend', { reason: 'Owes {{everything}}' });
    const [message, ...others] = await messagesAbout('customer', customer.id);
    assert.equal(others.length, 0);
    assert.deepEqual([message.channel, message.status, message.userId], ['inApp', 'delivered', me.user.id]);
    assert.match(message.body, /Reason: Owes \{\{everything\}\}/);
  });

  test('go by rules of one’s own, on conditions and on fields of one’s own', async () => {
    const field = { name: 'urgency', label: 'Urgency', type: 'text' };
    assert.ok((await installation.admin.post('/api/platform/objects/customer/fields', field)).status < 300);
    const template = {
      name: 'urgent',
      about: 'customer',
      subject: 'Urgent: {{urgency}}',
      body: '{{name}}',
      channel: 'email',
      language: 'en',
    };
    await eventually('the field is known', async () => (await installation.admin.post(TEMPLATES, template)).status === 201);
    await sales.create(RULES, {
      name: 'Urgent',
      about: 'customer',
      when: 'created',
      condition: { urgency: { eq: 'high' } },
      template: 'urgent',
      recipients: [
        { kind: 'address', value: 'Desk@Example.org' },
        { kind: 'address', value: 'desk@example.org' },
      ],
    });
    const calm = await sales.create(CUSTOMERS, { name: 'Calm', urgency: 'low' });
    const hot = await sales.create(CUSTOMERS, { name: 'Hot', urgency: 'high' });
    const told = await messagesAbout('customer', hot.id);
    assert.deepEqual(
      told.map(({ subject, address }) => [subject, address]),
      [['Urgent: high', 'desk@example.org']],
    );
    const filter = encodeURIComponent(JSON.stringify({ record: { eq: `customer/${calm.id}` } }));
    assert.deepEqual((await installation.admin.get(`${MESSAGES}?filter=${filter}`)).body.items, []);
    assert.deepEqual(await ask(installation, 'notifications', 'select reason from platform.dead_letter'), []);
  });
}
