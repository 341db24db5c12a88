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
  describe('Digests', digests);
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

function digests(): void {
  const rows = async (ids: readonly string[]): Promise<Answer['body'][]> =>
    Promise.all(ids.map(async (id) => (await mailbox.installation.admin.get(`${MESSAGES}/${id}`)).body));
  /** The letter of a digest as its lines are, without what mail breaks them by. */
  const words = (letter: string): string => letter.replaceAll('=\r\n', '').replaceAll('\r\n', '\n');

  test('Messages of a daily rule leave together, in one letter for each recipient, in which each has its section', async () => {
    await rule('daily', { rhythm: 'daily', digestAt: clock(companyZone, 90) });
    const email = 'ok-daily@example.org';
    const first = await told('daily', { email, name: 'Bäcker & Co' });
    const second = await told('daily', { email, name: 'Zweiter' });
    const others = await told('daily', { email: 'ok-alone@example.org', name: 'Dritter' });
    assert.deepEqual([first.status, first.waitsFor, first.nextAttemptAt], ['queued', 'digest', second.nextAttemptAt]);
    assert.equal(momentIn(companyZone, first.nextAttemptAt).slice(11), clock(companyZone, 90));
    await afterSending(first);
    assert.deepEqual(lettersTo(email), []);
    const ids = [first.id, second.id, others.id];
    await due(ids);
    await afterSending(first);
    await afterSending(first);
    const [letter = '', ...more] = lettersTo(email);
    assert.equal(more.length, 0);
    assert.match(letter, /^Subject: 2 messages from /m);
    assert.match(letter, /^List-Unsubscribe-Post: List-Unsubscribe=One-Click/m);
    for (const text of ['About Zweiter', 'News of Zweiter', 'About B']) assert.ok(words(letter).includes(text), text);
    const [one, two, alone] = await rows(ids);
    assert.deepEqual([one.status, one.waitsFor, one.digestId, two.status], ['sent', null, two.digestId, 'sent']);
    assert.match(letter, new RegExp(`^Message-ID: <${one.digestId}@tessera.example>`, 'm'));
    assert.deepEqual([alone.status, alone.digestId, lettersTo('ok-alone@example.org').length], ['sent', null, 1]);
  });

  test('Managers say how such a letter is written; while they do not, its messages stand below one another', async () => {
    const { admin } = mailbox.installation;
    const [shipped] = (await admin.get('/api/notifications/templates?filter[about]=digest&filter[language]=en')).body.items;
    const path = `/api/notifications/templates/${shipped.id}`;
    const letterFor = async (email: string): Promise<Answer['body']> => {
      const ids = [(await told('daily', { email })).id, (await told('daily', { email })).id];
      await due(ids);
      await afterSending({ id: ids[0] });
      const [{ digestId }] = await rows(ids);
      return sales.read(`${MESSAGES}/${digestId}`);
    };
    const refused = await admin.patch(path, { body: '<p>Hello {{recipient.name}}</p>' });
    assert.deepEqual([refused.status, refused.body.errors[0].pointer], [422, '/body']);
    const body = '<p>Hello</p>{{#each messages}}<h3>{{subject}}</h3>{{body}}{{/each}}';
    assert.equal((await admin.patch(path, { subject: 'All {{count}} of today', body })).status, 200);
    const letter = await letterFor('ok-managed@example.org');
    assert.deepEqual([letter.subject, letter.templateId], ['All 2 of today', shipped.id]);
    assert.match(letter.body, /^<p>Hello<\/p><h3>About Customer daily<\/h3><p>News of Customer daily<\/p>/);
    const tried = await admin.post('/api/notifications/templates/actions/preview', {
      about: 'digest',
      channel: 'email',
      language: 'de',
      subject: '{{count}}',
      body,
    });
    assert.deepEqual([tried.status, tried.body.answer.subject], [200, '2']);
    assert.ok(tried.body.answer.body.includes('<h3>‹Zweite Nachricht›</h3>'));
    for (const { id } of (await admin.get('/api/notifications/templates?filter[about]=digest')).body.items)
      await admin.patch(`/api/notifications/templates/${id}`, { active: false });
    const plain = await letterFor('ok-plain@example.org');
    assert.match(`${plain.subject} ${plain.body}`, /^2 messages from .*<h2>About Customer daily<\/h2>/);
    assert.equal(plain.templateId, null);
  });

  test('A letter that fails is tried again like every other, and its messages with it', async () => {
    const email = 'later-digest@example.org';
    const ids = [(await told('daily', { email })).id, (await told('daily', { email })).id];
    await due(ids);
    await afterSending({ id: ids[0] });
    const [one] = await rows(ids);
    assert.deepEqual([one.status, one.nextAttemptAt], ['queued', null]);
    const path = `${MESSAGES}/${one.digestId}`;
    assert.deepEqual([(await sales.read(path)).status, (await sales.read(path)).attempts], ['queued', 1]);
    assert.equal((await mailbox.installation.admin.post(`${MESSAGES}/${one.id}/actions/cancel`, {})).status, 409);
    for (let attempt = 2; attempt <= 8; attempt += 1) await afterItsTime({ id: one.digestId });
    const states = (await rows([...ids, one.digestId])).map(({ status }) => status);
    assert.deepEqual(states, ['failed', 'failed', 'failed']);
    await sales.act(path, 'retry');
    await sales.act(path, 'cancel');
    assert.equal((await sales.read(path)).status, 'suppressed');
  });

  test('A person chooses how often for themselves; who has left meanwhile gets none', async () => {
    await rule('news', {});
    const email = 'ok-weekly@example.org';
    await sales.create(TIMES, { recipient: 'OK-Weekly@example.org', rhythm: 'weekly', digestAt: '08:00', digestDay: 'monday' });
    const message = await told('news', { email });
    assert.equal(message.waitsFor, 'digest');
    const slot = momentIn(companyZone, message.nextAttemptAt);
    assert.deepEqual([new Date(`${slot.slice(0, 10)}T00:00:00Z`).getUTCDay(), slot.slice(11)], [1, '08:00:00']);
    await sales.create('/api/notifications/suppressions', { address: email, channel: 'email' });
    await due([message.id]);
    assert.equal((await afterSending(message)).status, 'suppressed');
    assert.deepEqual(lettersTo(email), []);
  });

  test('What has a document or a link with it leaves at once, whatever a person chose, and no rule collects it', async () => {
    const { admin } = mailbox.installation;
    await rule('linked', { handsOutLink: true });
    const email = 'ok-linked@example.org';
    await sales.create(TIMES, { recipient: email, rhythm: 'daily', digestAt: '08:00' });
    assert.equal((await told('linked', { email })).waitsFor, null);
    const { id } = await rule('collected', { rhythm: 'daily', digestAt: '08:00' });
    const refused = await admin.patch(`${RULES}/${id}`, { attachesDocument: true });
    assert.deepEqual([refused.status, refused.body.errors[0].pointer], [422, '/rhythm']);
  });
}

/** Time passes until these may leave. */
async function due(ids: readonly string[]): Promise<void> {
  const list = ids.map((id) => `'${id}'`).join(', ');
  await ask(mailbox.installation, 'notifications', `update records.message set next_attempt_at = now() where id in (${list})`);
}
