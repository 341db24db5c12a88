import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { billingOf, type Billing } from '#tests/support/billing.ts';
import { ask } from '#tests/support/books.ts';
import type { Answer } from '#tests/support/client.ts';
import { eventually } from '#tests/support/eventually.ts';
import { messagesOf } from '#tests/support/messages.ts';
import { startMailed, type Mailed } from '#tests/support/mailed-installation.ts';
import type { Installation } from '#tests/support/installation.ts';
import { salesOf, type Sales } from '#tests/support/sales.ts';
import { runScheduled } from '#tests/support/scheduled.ts';
import { skipReason, testDatabaseUrl } from '#tests/support/services.ts';
import { openShuffledBus } from '#tests/support/shuffled-bus.ts';
import { startTwilio } from '#tests/support/twilio.ts';
import { shippedRules } from './shipped-rules.fixture.ts';
import { previews } from './template-preview.fixture.ts';

const CUSTOMERS = '/api/customers/customers';
const RULES = '/api/notifications/notification-rules';
const TEMPLATES = '/api/notifications/templates';
const MESSAGES = '/api/notifications/messages';

let installation: Installation;
let sales: Sales;
let billing: Billing;
let twilio: Awaited<ReturnType<typeof startTwilio>>;
let mailbox: Mailed;

describe('Notifications, every event twice and in any order', { skip: skipReason(testDatabaseUrl()) }, () => {
  before(async () => {
    twilio = await startTwilio();
    mailbox = await startMailed({ bus: openShuffledBus(3) }, { sms: twilio.settings });
    installation = mailbox.installation;
    sales = salesOf(installation.admin);
    billing = await billingOf(installation, sales);
  });
  after(async () => {
    await mailbox.stop();
    await twilio.stop();
  });

  describe('templates and rules', definitions);
  previews(() => ({ installation, sales }));
  describe('messages', messages);
  describe('mail', mail);
  describe('SMS', texts);
  describe('the rules that come with the product', () => shippedRules(() => ({ installation, sales, billing })));
});

const messagesAbout = (object: string, id: string): Promise<Answer['body'][]> => messagesOf(installation, object, id);
function definitions(): void {
  test('come with the product, in two languages', async () => {
    const { body } = await installation.admin.get(`${TEMPLATES}?limit=100`);
    const byMail = body.items.filter((one: { channel: string }) => one.channel === 'email');
    assert.deepEqual(new Set(byMail.map((one: { language: string }) => one.language)), new Set(['de', 'en']));
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
      email: 'later@schmidt.example',
      currency: 'EUR',
      language: 'de',
    });
    const path = await billing.issued('100', { customerId: customer.id });
    const invoice = await sales.read(path);
    const [message, ...others] = await messagesAbout('invoice', invoice.id);
    assert.equal(others.length, 0);
    assert.deepEqual(
      { status: message.status, address: message.address, subject: message.subject, language: message.language, channel: message.channel },
      { status: 'queued', address: 'later@schmidt.example', subject: `Rechnung ${invoice.number}`, language: 'de', channel: 'email' },
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

/** Issues an invoice to a customer with this address, and lets the mail go out; answers the message as it is then. */
async function mailed(email: string): Promise<Answer['body']> {
  const customer = await sales.create(CUSTOMERS, { name: `Mail ${email}`, email, currency: 'EUR', language: 'en' });
  const invoice = await sales.read(await billing.issued('100', { customerId: customer.id }));
  const [{ id }] = await messagesAbout('invoice', invoice.id);
  await runScheduled(installation, 'notifications', 'sendMail');
  const { body: message } = await installation.admin.get(`${MESSAGES}/${id}`);
  return { ...message, number: invoice.number, path: `${MESSAGES}/${id}` };
}

/** Time passes until messages are tried again. */
async function triedAgain(message: { readonly id: string; readonly path: string }): Promise<Answer['body']> {
  await ask(installation, 'notifications', `update records.message set next_attempt_at = now() where id = '${message.id}'`);
  await runScheduled(installation, 'notifications', 'sendMail');
  return (await installation.admin.get(message.path)).body;
}

const lettersTo = (address: string): readonly string[] =>
  mailbox.mailServer.arrived.filter(({ to }) => to === address).map(({ source }) => source);

function mail(): void {
  test('is handed over once, with the invoice as it was issued', async () => {
    const message = await mailed('ok@example.org');
    assert.deepEqual([message.status, message.attempts, message.nextAttemptAt], ['sent', 1, null]);
    await runScheduled(installation, 'notifications', 'sendMail');
    const [letter = '', ...others] = lettersTo('ok@example.org');
    assert.equal(others.length, 0);
    assert.match(letter, new RegExp(`^Message-ID: <${message.id}@tessera.example>`, 'm'));
    assert.match(letter, /^Subject: Invoice /m);
    assert.match(letter, new RegExp(`filename="?${message.number}.pdf`));
    const encoded = /application\/pdf[\s\S]*?\r\n\r\n([A-Za-z0-9+/=\r\n]+)/.exec(letter)?.[1] ?? '';
    assert.match(Buffer.from(encoded, 'base64').toString('latin1'), /^%PDF-/);
  });

  test('that no mailbox takes has failed, with the server’s words, and is sent again by hand', async () => {
    for (const address of ['nobody@example.org', 'spam@example.org']) {
      const message = await mailed(address);
      assert.deepEqual([message.status, message.attempts], ['failed', 1]);
      assert.match(message.reason, /No such mailbox|This is spam/);
      await sales.act(message.path, 'retry');
      assert.equal((await installation.admin.get(message.path)).body.attempts, 0);
    }
  });

  test('that is to come later is tried again later and later, and given up at last', async () => {
    const message = await mailed('later@example.org');
    assert.equal(message.status, 'queued');
    assert.ok(Date.parse(message.nextAttemptAt) > Date.now() + 30_000);
    let last = message;
    for (let attempt = 2; attempt <= 8; attempt += 1) last = await triedAgain(message);
    assert.deepEqual([last.status, last.attempts], ['failed', 8]);
  });

  test('of which the server says nothing is not sent, and tried again', async () => {
    const message = await mailed('silent@example.org');
    assert.equal(message.status, 'queued');
    assert.equal(message.sentAt, null);
  });

  test('whose connection ends before the answer is tried again under the same Message-ID', async () => {
    const message = await mailed('cut@example.org');
    assert.equal(message.status, 'queued');
    assert.equal((await triedAgain(message)).status, 'sent');
    const ids = lettersTo('cut@example.org').map((letter) => /^Message-ID: (.*)$/m.exec(letter)?.[1]);
    assert.deepEqual([ids.length, new Set(ids).size], [2, 1]);
  });

  test('that was taken out of the queue is not sent', async () => {
    const message = await mailed('later2@example.org');
    await sales.act(message.path, 'cancel');
    assert.deepEqual([(await triedAgain(message)).status, lettersTo('later2@example.org').length], ['suppressed', 0]);
  });
}

function texts(): void {
  const text = async (phone: string): Promise<Answer['body']> => {
    const customer = await sales.create(CUSTOMERS, { name: `SMS ${phone}`, phone, notes: 'sms' });
    const [message] = await messagesAbout('customer', customer.id);
    await runScheduled(installation, 'notifications', 'sendTexts');
    return { ...message, path: `${MESSAGES}/${message.id}` };
  };
  const statusOf = async ({ path }: { readonly path: string }): Promise<string> => (await installation.admin.get(path)).body.status;

  test('go where mail cannot: by the rule’s other channel, over Twilio, whose signed receipts say what became of them', async () => {
    const template = { name: 'welcome', about: 'customer', subject: 'Welcome', body: 'Welcome, {{name}}!', language: 'en' };
    for (const channel of ['email', 'sms']) await sales.create(TEMPLATES, { ...template, channel });
    const rule = { name: 'Welcome', about: 'customer', when: 'created', condition: { notes: { eq: 'sms' } }, template: 'welcome' };
    await sales.create(RULES, { ...rule, channel: 'email', fallback: 'sms', recipients: [{ kind: 'field', value: 'phone' }] });
    const message = await text('+4915112345678');
    assert.equal(await statusOf(message), 'sent');
    const [sent] = twilio.sent.filter(({ To }) => To === '+4915112345678');
    assert.deepEqual([sent?.Body, sent?.From], ['Welcome, SMS +4915112345678!', '+15005550006']);
    const told = { MessageSid: 'SM1', MessageStatus: 'delivered' };
    assert.equal(await twilio.tell(installation.url, sent?.StatusCallback ?? '', told, 'forged'), 403);
    assert.equal(await statusOf(message), 'sent');
    for (const MessageStatus of ['delivered', 'sent', 'delivered'])
      assert.equal(await twilio.tell(installation.url, sent?.StatusCallback ?? '', { ...told, MessageStatus }), 204);
    assert.equal(await statusOf(message), 'delivered');
  });

  test('that Twilio refuses have failed, and a number that nothing reaches is suppressed from then on', async () => {
    assert.equal(await statusOf(await text('+4915199999999')), 'failed');
    const message = await text('+4915111111111');
    const [sent] = twilio.sent.filter(({ To }) => To === '+4915111111111');
    await twilio.tell(installation.url, sent?.StatusCallback ?? '', { MessageStatus: 'undelivered', ErrorCode: '30005' });
    assert.equal(await statusOf(message), 'bounced');
    assert.equal(await statusOf(await text('+4915111111111')), 'suppressed');
  });

  test('One click in a mailbox takes its address off, and no other link does', async () => {
    const message = await mailed('ok-leaves@example.org');
    assert.equal(message.status, 'sent');
    const [letter = ''] = lettersTo('ok-leaves@example.org');
    const link = /List-Unsubscribe:\s*<https:\/\/tessera\.example([^>]*)>/.exec(letter.replaceAll(/\r\n\s+/g, ''))?.[1] ?? '';
    const click = (path: string): Promise<Response> =>
      fetch(`${installation.url}${path}`, { method: 'POST', body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }) });
    assert.equal((await click(link.replace(/.$/, (last) => (last === '0' ? '1' : '0')))).status, 404);
    assert.deepEqual([(await click(link)).status, (await click(link)).status], [204, 204]);
    assert.equal((await mailed('ok-leaves@example.org')).status, 'suppressed');
  });
}
