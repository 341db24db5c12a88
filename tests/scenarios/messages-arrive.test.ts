import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { ask } from '#tests/support/books.ts';
import type { Answer } from '#tests/support/client.ts';
import type { Installation } from '#tests/support/installation.ts';
import { startMailed, type Mailed } from '#tests/support/mailed-installation.ts';
import { messagesOf } from '#tests/support/messages.ts';
import { salesOf, type Sales } from '#tests/support/sales.ts';
import { runScheduled } from '#tests/support/scheduled.ts';
import { skipReason, testDatabaseUrl } from '#tests/support/services.ts';
import { openShuffledBus } from '#tests/support/shuffled-bus.ts';
import { startTwilio } from '#tests/support/twilio.ts';

const MESSAGES = '/api/notifications/messages';

let installation: Installation;
let sales: Sales;
let twilio: Awaited<ReturnType<typeof startTwilio>>;
let mailbox: Mailed;

describe('Messages that do not arrive, every event twice and in any order', { skip: skipReason(testDatabaseUrl()) }, () => {
  before(async () => {
    twilio = await startTwilio();
    mailbox = await startMailed({ bus: openShuffledBus(3) }, { sms: twilio.settings });
    installation = mailbox.installation;
    sales = salesOf(installation.admin);
    const template = { name: 'hello', about: 'offer', subject: 'Offer', language: 'en', body: 'Dear {{recipient.name}}: {{subject}}' };
    for (const channel of ['email', 'sms']) await sales.create('/api/notifications/templates', { ...template, channel });
    for (const [channel, fallback] of [
      ['email', 'sms'],
      ['sms', 'email'],
    ] as const)
      await sales.create('/api/notifications/notification-rules', {
        name: `First by ${channel}`,
        about: 'offer',
        when: 'created',
        condition: { notes: { eq: channel } },
        template: 'hello',
        recipients: [{ kind: 'field', value: 'customerId' }],
        channel,
        fallback,
      });
  });
  after(async () => {
    await mailbox.stop();
    await twilio.stop();
  });

  describe('another channel', otherChannel);
});

/** An offer to a new customer of whom the rule tells that begins with a channel; lets what waits go out, and answers the messages about it. */
async function told(channel: 'email' | 'sms', customer: object, subject = 'Chairs'): Promise<Answer['body'][]> {
  const { id: customerId } = await sales.create('/api/customers/customers', { name: 'Kim', language: 'en', currency: 'EUR', ...customer });
  const { id } = await sales.create('/api/offers/offers', { customerId, subject, notes: channel });
  await messagesOf(installation, 'offer', id);
  await leave();
  return messagesOf(installation, 'offer', id);
}

async function leave(): Promise<void> {
  for (const job of ['sendMail', 'sendTexts']) await runScheduled(installation, 'notifications', job);
}

const message = async ({ id }: { readonly id: string }): Promise<Answer['body']> =>
  (await installation.admin.get(`${MESSAGES}/${id}`)).body;

function otherChannel(): void {
  test('takes over from mail that no mailbox takes, once, with the words of then; the first message leads to it', async () => {
    const phone = '+4915112340001';
    const [first, second, ...others] = await told('email', { email: 'nobody1@example.org', phone });
    assert.equal(others.length, 0);
    assert.deepEqual([first.status, first.replacedById, first.reserve], ['failed', second.id, null]);
    assert.match(first.reason, /No such mailbox/);
    await leave();
    assert.deepEqual(
      [second.channel, second.address, second.recipient, (await message(second)).status],
      ['sms', phone, first.recipient, 'sent'],
    );
    assert.deepEqual(
      twilio.sent.filter(({ To }) => To === phone).map(({ Body }) => Body),
      ['Dear Kim: Chairs'],
    );
    await sales.act(`${MESSAGES}/${first.id}`, 'retry');
    await leave();
    assert.equal((await message(first)).status, 'failed');
    assert.equal((await messagesOf(installation, 'offer', first.record.id)).length, 2);
  });

  test('takes over when the last attempt has failed', async () => {
    const [first, ...none] = await told('email', { email: 'later@example.org', phone: '+4915112340002' });
    assert.deepEqual([first.status, none.length], ['queued', 0]);
    await ask(installation, 'notifications', `update records.message set attempts = 7, next_attempt_at = now() where id = '${first.id}'`);
    await leave();
    const [gone, second] = await messagesOf(installation, 'offer', first.record.id, 2);
    assert.deepEqual([gone.status, gone.replacedById, second.channel], ['failed', second.id, 'sms']);
  });

  test('takes over from an SMS that Twilio could not deliver, however often it says so', async () => {
    const phone = '+4915112340003';
    const [first] = await told('sms', { email: 'ok3@example.org', phone });
    assert.equal((await message(first)).status, 'sent');
    const callback = twilio.sent.find(({ To }) => To === phone)?.StatusCallback ?? '';
    for (let time = 0; time < 2; time += 1)
      await twilio.tell(installation.url, callback, { MessageStatus: 'undelivered', ErrorCode: '30003' });
    await leave();
    const [bounced, second, ...others] = await messagesOf(installation, 'offer', first.record.id, 2);
    assert.equal(others.length, 0);
    assert.deepEqual([bounced.status, bounced.replacedById], ['bounced', second.id]);
    assert.deepEqual([second.channel, second.address, second.status], ['email', 'ok3@example.org', 'sent']);
    assert.equal(mailbox.mailServer.arrived.filter(({ to }) => to === 'ok3@example.org').length, 1);
  });

  test('that does not reach them either is told in the first message, and the second that fails ends it', async () => {
    const [lonely, ...none] = await told('email', { email: 'nobody4@example.org' });
    assert.equal(none.length, 0);
    assert.match(lonely.reason, /No such mailbox.*By SMS: No address for this channel is known\./);
    const [, second] = await told('email', { email: 'nobody5@example.org', phone: '+4915199999999' });
    await leave();
    assert.deepEqual([(await message(second)).status, (await message(second)).replacedById], ['failed', null]);
  });
}
