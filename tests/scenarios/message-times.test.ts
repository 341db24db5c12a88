import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { momentIn } from '#platform/kernel/dates.ts';
import { ask } from '#tests/support/books.ts';
import type { Answer } from '#tests/support/client.ts';
import { messagesOf } from '#tests/support/messages.ts';
import { startMailed, type Mailed } from '#tests/support/mailed-installation.ts';
import { salesOf, type Sales } from '#tests/support/sales.ts';
import { runScheduled } from '#tests/support/scheduled.ts';
import { skipReason, testDatabaseUrl } from '#tests/support/services.ts';
import { startTwilio } from '#tests/support/twilio.ts';

const CUSTOMERS = '/api/customers/customers';
const RULES = '/api/notifications/notification-rules';
const MESSAGES = '/api/notifications/messages';
const TIMES = '/api/notifications/message-times';

let mailbox: Mailed;
let twilio: Awaited<ReturnType<typeof startTwilio>>;
let sales: Sales;
let companyZone: string;
let me: Answer['body'];

/** A time of day so many minutes from now, as clocks show it in a zone. */
const clock = (zone: string, minutes: number): string =>
  `${momentIn(zone, new Date(Date.now() + minutes * 60_000).toISOString()).slice(11, 16)}:00`;

/** Hours that it is in the middle of, and hours that are far away. */
const now = (zone: string) => ({ quietFrom: clock(zone, -60), quietUntil: clock(zone, 120) });
const later = (zone: string) => ({ quietFrom: clock(zone, 300), quietUntil: clock(zone, 360) });

/** A rule that tells of new customers whose notes say so. */
const rule = (notes: string, more: object): Promise<Answer['body']> =>
  sales.create(RULES, {
    name: notes,
    about: 'customer',
    when: 'created',
    condition: { notes: { eq: notes } },
    template: 'times',
    channel: 'email',
    recipients: [{ kind: 'field', value: 'email' }],
    ...more,
  });

/** The message about a new customer. */
async function told(notes: string, values: object): Promise<Answer['body']> {
  const { id } = await sales.create(CUSTOMERS, { name: `Customer ${notes}`, notes, ...values });
  const [message] = await messagesOf(mailbox.installation, 'customer', id);
  return message;
}

/** The message as it is once what waits has been looked at, so late that its time has come. */
async function afterItsTime({ id }: Answer['body']): Promise<Answer['body']> {
  await ask(mailbox.installation, 'notifications', `update records.message set next_attempt_at = now() where id = '${id}'`);
  return afterSending({ id });
}

async function afterSending({ id }: Answer['body']): Promise<Answer['body']> {
  for (const job of ['sendMail', 'sendTexts']) await runScheduled(mailbox.installation, 'notifications', job);
  return (await mailbox.installation.admin.get(`${MESSAGES}/${id}`)).body;
}

const lettersTo = (address: string): readonly string[] =>
  mailbox.mailServer.arrived.filter(({ to }) => to === address).map(({ source }) => source);

describe('When messages leave', { skip: skipReason(testDatabaseUrl()) }, () => {
  before(async () => {
    twilio = await startTwilio();
    mailbox = await startMailed({}, { sms: twilio.settings });
    const { admin } = mailbox.installation;
    sales = salesOf(admin);
    me = (await admin.patch('/api/platform/me', { timeZone: 'Pacific/Auckland' })).body;
    companyZone = (await admin.get('/api/platform/companies')).body.items[0].timeZone;
    const template = { name: 'times', about: 'customer', subject: 'About {{name}}', body: '<p>News of {{name}}</p>', language: 'en' };
    for (const channel of ['email', 'sms', 'inApp']) await sales.create('/api/notifications/templates', { ...template, channel });
  });
  after(async () => {
    await mailbox.stop();
    await twilio.stop();
  });

  describe('Quiet hours', quietHours);
});

function quietHours(): void {
  test('of a rule hold its mail back until they end where the company is, which the outbox says', async () => {
    const { id } = await rule('quiet', now(companyZone));
    const message = await told('quiet', { email: 'ok-quiet@example.org' });
    assert.deepEqual([message.status, message.waitsFor], ['queued', 'quietHours']);
    assert.equal(momentIn(companyZone, message.nextAttemptAt).slice(11), now(companyZone).quietUntil);
    const waiting = await afterSending(message);
    assert.deepEqual([waiting.status, waiting.attempts], ['queued', 0]);
    const lookedAtAgain = await afterItsTime(message);
    assert.deepEqual([lookedAtAgain.status, lookedAtAgain.waitsFor, lookedAtAgain.attempts], ['queued', 'quietHours', 0]);
    assert.deepEqual(lettersTo('ok-quiet@example.org'), []);
    assert.equal((await mailbox.installation.admin.patch(`${RULES}/${id}`, later(companyZone))).status, 200);
    const sent = await afterItsTime(message);
    assert.deepEqual([sent.status, sent.waitsFor, lettersTo('ok-quiet@example.org').length], ['sent', null, 1]);
  });

  test('hold nothing back that is urgent, or stays in the app', async () => {
    await rule('urgent', { ...now(companyZone), urgent: true });
    const urgent = await told('urgent', { email: 'ok-urgent@example.org' });
    assert.equal((await afterSending(urgent)).status, 'sent');
    await rule('bell', { ...now(companyZone), channel: 'inApp', recipients: [{ kind: 'field', value: 'accountManagerId' }] });
    assert.equal((await told('bell', { accountManagerId: me.user.id })).status, 'delivered');
  });

  test('of one’s own count where one is, on every rule that is not urgent, and for what is tried again', async () => {
    await rule('own', { recipients: [{ kind: 'field', value: 'accountManagerId' }] });
    const earlier = await told('own', { accountManagerId: me.user.id });
    assert.equal(earlier.waitsFor, null);
    const times = { recipient: `user/${me.user.id}`, ...now('Pacific/Auckland') };
    await sales.create(TIMES, times);
    const held = await afterSending(earlier);
    assert.deepEqual([held.waitsFor, held.attempts], ['quietHours', 0]);
    const message = await told('own', { accountManagerId: me.user.id });
    assert.equal(momentIn('Pacific/Auckland', message.nextAttemptAt).slice(11), times.quietUntil);
  });

  test('hold SMS back as well', async () => {
    await rule('text', { channel: 'sms', recipients: [{ kind: 'field', value: 'phone' }] });
    const phone = '+4915112345678';
    const { id } = await sales.create(TIMES, { recipient: phone, ...now(companyZone) });
    const message = await told('text', { phone });
    assert.deepEqual([(await afterSending(message)).waitsFor, twilio.sent.length], ['quietHours', 0]);
    await mailbox.installation.admin.delete(`${TIMES}/${id}`);
    assert.deepEqual([(await afterItsTime(message)).status, twilio.sent.length], ['sent', 1]);
  });

  test('have a beginning and an end, which differ', async () => {
    const { admin } = mailbox.installation;
    const half = await admin.post(TIMES, { recipient: 'half@example.org', quietFrom: '22:00' });
    assert.deepEqual([half.status, half.body.errors[0].pointer], [422, '/quietUntil']);
    const none = await admin.post(TIMES, { recipient: 'half@example.org', quietFrom: '22:00', quietUntil: '22:00' });
    assert.deepEqual([none.status, none.body.errors[0].rule], [422, 'order']);
  });
}
