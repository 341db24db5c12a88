import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { ask } from '#tests/support/books.ts';
import type { Answer } from '#tests/support/client.ts';
import { sign } from '#platform/kernel/signature.ts';
import type { Installation } from '#tests/support/installation.ts';
import { RECEIPT_SECRET, startMailed, type Mailed } from '#tests/support/mailed-installation.ts';
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
    mailbox = await startMailed({ bus: openShuffledBus(3) }, { sms: twilio.settings, withinMs: 20_000 });
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
  describe('a report', reports);
  describe('a letter', lettersWithWayOff);
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

/** Tells what became of mail as a mail server does; answers the status. */
async function report(type: string, body: string, { secret = RECEIPT_SECRET, at = Date.now() } = {}): Promise<number> {
  const signature = await sign(secret, new TextEncoder().encode(body), Math.floor(at / 1000));
  const headers = { 'content-type': type, 'tessera-signature': signature };
  return (await fetch(`${installation.url}/api/notifications/webhooks/mail`, { method: 'POST', headers, body })).status;
}

/** A notification about a letter as it left, by the headers that it had. */
function notification(address: string, action: string, status: string): string {
  const letter = mailbox.mailServer.arrived.findLast(({ to }) => to === address)?.source ?? '';
  const fields = `Final-Recipient: rfc822; ${address}\nAction: ${action}\nStatus: ${status}\nDiagnostic-Code: smtp; 550 ${status} Gone`;
  const parts = [
    `Content-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example\n\n${fields}\n`,
    `Content-Type: message/rfc822\n\n${letter}`,
  ];
  return `--b\n${parts.join('\n--b\n')}\n--b--\n`;
}

const AS_MAIL = 'From: MAILER-DAEMON@mx.example\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\n\n';
const AS_PARTS = 'multipart/report; report-type=delivery-status; boundary="b"';

function reports(): void {
  const idOf = ({ id }: { readonly id: string }): string => `<${id}@tessera.example>`;

  test('that a letter came back for good marks it, suppresses its address and starts the other channel, once', async () => {
    const address = 'ok10@example.org';
    const [first] = await told('email', { email: address, phone: '+4915112340010' });
    assert.equal(first.status, 'sent');
    const body = notification(address, 'failed', '5.1.1');
    assert.deepEqual([await report('message/rfc822', AS_MAIL + body), await report(AS_PARTS, body)], [204, 204]);
    const [bounced, second, ...others] = await messagesOf(installation, 'offer', first.record.id, 2);
    assert.deepEqual([bounced.status, bounced.replacedById, second.channel, others.length], ['bounced', second.id, 'sms', 0]);
    assert.match(bounced.reason, /5\.1\.1 Gone/);
    const { body: suppressed } = await installation.admin.get(`/api/notifications/suppressions?filter[address]=${address}`);
    assert.deepEqual([suppressed.items.length, suppressed.items[0].reason], [1, 'bounced']);
  });

  test('that a letter is late is noted, and that it was given up suppresses nothing', async () => {
    const address = 'ok11@example.org';
    const [first] = await told('email', { email: address, phone: '+4915112340011' });
    await report(AS_PARTS, notification(address, 'delayed', '4.4.1'));
    const late = await message(first);
    assert.deepEqual([late.status, late.replacedById], ['sent', null]);
    assert.match(late.reason, /4\.4\.1/);
    await report('application/json', JSON.stringify({ messageId: idOf(first), event: 'bounced', status: '4.4.7', reason: 'Given up' }));
    const [returned, second] = await messagesOf(installation, 'offer', first.record.id, 2);
    assert.deepEqual([returned.status, returned.reason, second.channel], ['bounced', '4.4.7 Given up', 'sms']);
    const { body } = await installation.admin.get(`/api/notifications/suppressions?filter[address]=${address}`);
    assert.deepEqual(body.items, []);
  });

  test('that a letter arrived moves it forward; of other mail it says nothing', async () => {
    const [first] = await told('email', { email: 'ok12@example.org' });
    const tell = (messageId: string, event: string): Promise<number> => report('application/json', JSON.stringify({ messageId, event }));
    assert.deepEqual([await tell(idOf(first), 'opened'), await tell(idOf(first), 'delivered')], [204, 204]);
    assert.equal((await message(first)).status, 'opened');
    assert.equal(await tell('<else@example.org>', 'bounced'), 204);
    assert.equal(await tell(`<${first.record.id}@tessera.example>`, 'bounced'), 204);
  });

  test('with a wrong signature, an old one, too large or of another form is refused and changes nothing', async () => {
    const [first] = await told('email', { email: 'ok13@example.org' });
    const body = JSON.stringify({ messageId: idOf(first), event: 'bounced', status: '5.1.1' });
    assert.equal(await report('application/json', body, { secret: 'another secret of tests, as long as it' }), 403);
    assert.equal(await report('application/json', body, { at: Date.now() - 3_600_000 }), 403);
    assert.equal(await report('application/json', '{"messageId":'), 400);
    assert.equal(await report('application/json', JSON.stringify({ messageId: idOf(first), event: 'lost' })), 400);
    assert.equal(await report('application/json', JSON.stringify({ messageId: idOf(first), event: 'bounced', more: 1 })), 400);
    assert.equal(await report('text/plain', body), 415);
    assert.equal(await report('message/rfc822', 'x'.repeat(1_100_000)), 413);
    assert.equal(await report('message/rfc822', 'no report'), 204);
    assert.equal((await message(first)).status, 'sent');
  });
}

async function stateAt(page: string): Promise<string> {
  const seen: Answer['body'] = await (await fetch(page)).json();
  return seen.state;
}

function lettersWithWayOff(): void {
  test('leads to a page that takes its address off and on again; looking at it changes nothing', async () => {
    const address = 'ok20@example.org';
    await told('email', { email: address });
    const letter = mailbox.mailServer.arrived.find(({ to }) => to === address)?.source.replaceAll(/=\r\n/g, '') ?? '';
    const token = /\/public\/notifications\/unsubscribe\/([\w.-]+)/.exec(letter)?.[1] ?? '';
    const page = `${installation.url}/api/notifications/public/unsubscribe/${token}`;
    const post = async (command: string): Promise<Answer['body']> => {
      const headers = { 'content-type': 'application/json' };
      return (await fetch(`${page}/actions/${command}`, { method: 'POST', headers, body: '{}' })).json();
    };
    for (let time = 0; time < 2; time += 1) {
      const seen: Answer['body'] = await (await fetch(page)).json();
      assert.deepEqual([seen.state, seen.address, seen.language], ['on', address, 'en']);
    }
    assert.equal((await fetch(`${page.slice(0, -3)}AAA`)).status, 404);
    for (let time = 0; time < 2; time += 1) assert.equal((await post('unsubscribe')).state, 'off');
    assert.equal((await told('email', { email: address }))[0].status, 'suppressed');
    for (let time = 0; time < 2; time += 1) assert.equal((await post('resubscribe')).state, 'on');
    assert.equal((await told('email', { email: address }))[0].status, 'sent');
    assert.equal((await post('unsubscribe')).state, 'off');
  });

  test('that waits does not leave any more when its address is taken off; what was taken off by hand no link puts on', async () => {
    const [waiting] = await told('email', { email: 'later21@example.org', phone: '+4915112340021' });
    assert.equal(waiting.status, 'queued');
    const { body } = await installation.admin.get(`${MESSAGES}/${waiting.id}/links`);
    const link = body.items
      .find(({ page }: { page: string }) => page === 'unsubscribe')
      .url.split('/')
      .at(-1);
    await sales.act(`${MESSAGES}/${waiting.id}`, 'unsubscribe');
    await ask(installation, 'notifications', `update records.message set next_attempt_at = now() where id = '${waiting.id}'`);
    await leave();
    assert.deepEqual([(await message(waiting)).status, (await message(waiting)).attempts], ['suppressed', 1]);
    const page = `${installation.url}/api/notifications/public/unsubscribe/${link}`;
    assert.equal(await stateAt(page), 'closed');
    const headers = { 'content-type': 'application/json' };
    assert.equal((await fetch(`${page}/actions/resubscribe`, { method: 'POST', headers, body: '{}' })).status, 409);
    assert.equal((await fetch(`${page}/actions/retry`, { method: 'POST', headers, body: '{}' })).status, 404);
    await sales.act(`${MESSAGES}/${waiting.id}`, 'resubscribe');
    assert.equal(await stateAt(page), 'on');
  });
}
