import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { clientOf, type Answer, type Client } from '#tests/support/client.ts';
import { eventsAbout } from '#tests/support/events.ts';
import { startInstallation, type Installation } from '#tests/support/installation.ts';
import { signInAs } from '#tests/support/people.ts';
import { salesOf, type Sales } from '#tests/support/sales.ts';
import { skipReason, testDatabaseUrl } from '#tests/support/services.ts';

const OFFERS = '/api/offers/offers';
const YESTERDAY = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
const NEXT_WEEK = new Date(Date.now() + 7 * 86_400_000).toISOString().slice(0, 10);
const SCRIPT = '<script>alert(1)</script>';

let installation: Installation;
let sales: Sales;
let viewer: Client;
let anybody: Client;
let customerId: string;

before(async () => {
  if (skipReason(testDatabaseUrl())) return;
  installation = await startInstallation();
  sales = salesOf(installation.admin);
  viewer = await signInAs(installation, 'viewer');
  anybody = clientOf(installation.url, '');
  customerId = (await sales.create('/api/customers/customers', { name: 'Adler AG', language: 'de' })).id;
});
after(() => installation?.stop());

describe('The link that the customer is sent', { skip: skipReason(testDatabaseUrl()) }, () => {
  test('shows the offer and what it comes to, to whoever has it, and nothing that is ours alone', async () => {
    const { link } = await sent({ validUntil: NEXT_WEEK, notes: 'They will pay more', terms: 'Payable within 14 days.' });
    const { status, body } = await anybody.get(link);
    assert.equal(status, 200, JSON.stringify(body));
    assert.deepEqual(
      [body.state, body.language, body.company.name, body.customer, body.currency, body.netTotal, body.terms, body.validUntil],
      ['open', 'de', 'Muster AG', 'Adler AG', 'EUR', '168.00', 'Payable within 14 days.', NEXT_WEEK],
    );
    assert.deepEqual(
      body.lines.map((line: Record<string, string>) => [line['description'], line['quantity'], line['amount']]),
      [['Tea', '12', '168.00']],
    );
    assert.ok(!JSON.stringify(body).includes('They will pay more') && !('id' in body) && !('priceSteps' in body.lines[0]));
  });

  test('is answered when the offer is sent, again when that is repeated, and told to those who may send it', async () => {
    const { path, link, answer } = await sent();
    assert.match(answer.links[0].url, /^http:\/\/127\.0\.0\.1:\d+\/public\/offers\/acceptance\/[\w-]{71}$/);
    assert.deepEqual((await sales.act(path, 'send')).links, answer.links);
    assert.deepEqual((await sales.client.get(`${path}/links`)).body.items, answer.links);
    assert.deepEqual((await viewer.get(`${path}/links`)).body, { items: [] });
    const draft = await sales.create(OFFERS, { customerId, lines: [] });
    assert.deepEqual((await sales.client.get(`${OFFERS}/${draft.id}/links`)).body, { items: [] });
    const pdf = await anybody.get(`${link}/pdf`);
    assert.deepEqual([pdf.status, pdf.headers.get('content-type')], [200, 'application/pdf']);
    assert.equal(pdf.body, (await sales.client.get(`${path}/pdf`)).body);
    const told = JSON.stringify(await eventsAbout(installation, 'offers', `offer/${path.split('/').at(-1)}`));
    assert.ok(!told.includes(link.split('/').at(-1) ?? ''), 'no event carries the link');
  });

  test('takes the yes of the customer with their name, once: a repeat answers the same, and a later no is refused', async () => {
    const { path, link } = await sent();
    assert.deepEqual((await anybody.post(`${link}/actions/accept`)).body.errors[0].pointer, '/acceptedBy');
    const accepted = await anybody.post(`${link}/actions/accept`, { acceptedBy: `Frau Adler ${SCRIPT}` });
    assert.deepEqual([accepted.status, accepted.body.state, accepted.body.acceptedBy], [200, 'accepted', `Frau Adler ${SCRIPT}`]);
    const again = await anybody.post(`${link}/actions/accept`, { acceptedBy: 'Somebody else' });
    assert.deepEqual([again.status, again.body], [200, accepted.body]);
    const late = await anybody.post(`${link}/actions/decline`, { reason: 'Too late' });
    assert.deepEqual([late.status, late.body.code], [409, 'wrong_state']);
    const offer = await sales.read(path);
    assert.deepEqual([offer.status, offer.acceptedBy], ['accepted', `Frau Adler ${SCRIPT}`]);
    const [evidence] = offer.decisionEvidence;
    assert.deepEqual([evidence.name, evidence.address, evidence.userAgent], [offer.acceptedBy, '127.0.0.1', 'node']);
    assert.equal((await viewer.get(path)).body.decisionEvidence, undefined);
    const { body } = await sales.client.get(`${path}/timeline`);
    const entry = body.items.find(({ command }: { command?: string }) => command === 'accept');
    assert.equal(entry.by, 'link:acceptance');
    assert.ok(entry.changes.some((change: Record<string, unknown>) => change['field'] === 'acceptedBy'));
  });

  test('takes their no with a reason, and then no yes any more', async () => {
    const { path, link } = await sent();
    assert.equal((await anybody.post(`${link}/actions/decline`, { reason: '  ' })).status, 422);
    const declined = await anybody.post(`${link}/actions/decline`, { reason: 'The budget is gone' });
    assert.deepEqual([declined.status, declined.body.state], [200, 'declined']);
    assert.equal((await anybody.post(`${link}/actions/accept`, { acceptedBy: 'Frau Adler' })).status, 409);
    assert.equal((await sales.read(path)).declinedReason, 'The budget is gone');
  });

  test('takes one answer only, when yes and no come at the same moment from many', async () => {
    const { path, link } = await sent();
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, index) =>
        index % 2 === 0
          ? anybody.post(`${link}/actions/accept`, { acceptedBy: `Person ${index}` })
          : anybody.post(`${link}/actions/decline`, { reason: `Reason ${index}` }),
      ),
    );
    const offer = await sales.read(path);
    const states = new Set(answers.filter(({ status }) => status === 200).map(({ body }) => body.state));
    assert.deepEqual([...states], [offer.status]);
    assert.equal(answers.filter(({ status }) => status === 409).length, 6);
    const told = await eventsAbout(installation, 'offers', `offer/${offer.id}`);
    assert.equal(told.filter(({ type }) => /^Offer(Accepted|Declined)$/.test(type)).length, 1);
  });

  test('takes none after the last day, and of an offer that was replaced it says just that', async () => {
    const expired = await sent({ date: YESTERDAY, validUntil: YESTERDAY });
    assert.equal((await anybody.get(expired.link)).body.state, 'expired');
    const late = await anybody.post(`${expired.link}/actions/accept`, { acceptedBy: 'Frau Adler' });
    assert.deepEqual([late.status, late.body.code], [409, 'wrong_state']);
    const old = await sent();
    await sales.act(old.path, 'revise');
    const { body } = await anybody.get(old.link);
    assert.deepEqual([body.state, body.lines, body.netTotal], ['replaced', undefined, undefined]);
    assert.equal((await anybody.get(`${old.link}/pdf`)).status, 404);
    assert.equal((await anybody.post(`${old.link}/actions/accept`, { acceptedBy: 'Frau Adler' })).status, 409);
  });

  test('leads nowhere when it is wrong, in the same words whatever is wrong with it', async () => {
    const { path, link } = await sent();
    const gone = await sent({ date: '2020-01-01', validUntil: '2020-01-31' });
    const token = link.split('/').at(-1) ?? '';
    const other = `${token.startsWith('B') ? 'A' : 'B'}${token.slice(1)}`;
    const wrong = [link.slice(0, -1), `/api/offers/public/acceptance/${other}`, `/api/offers/public/payment/${token}`, gone.link];
    const answers = await Promise.all(wrong.map((address) => anybody.get(address)));
    assert.deepEqual(new Set(answers.map(({ status, body }) => `${status} ${body.detail}`)).size, 1);
    assert.deepEqual([answers[0]?.status, answers[0]?.body.code], [404, 'not_found']);
    for (const command of ['approve', 'revise', 'convert-to-order'])
      assert.equal((await anybody.post(`${link}/actions/${command}`, {})).status, 404, command);
    const extra = await anybody.post(`${link}/actions/accept`, { acceptedBy: 'Frau Adler', netTotal: '1' });
    assert.deepEqual([extra.status, extra.body.code], [400, 'unknown_name']);
    const foreign = await anybody.post(`${link}/actions/accept`, { acceptedBy: 'Frau Adler' }, { origin: 'https://elsewhere.example' });
    assert.equal(foreign.status, 403);
    assert.equal((await sales.read(path)).status, 'sent');
  });

  test('is not to be guessed: who tries many is told to wait', async () => {
    const guesses = await Promise.all(Array.from({ length: 40 }, (_, index) => anybody.get(`/api/offers/public/acceptance/guess${index}`)));
    const refused = guesses.find(({ status }) => status === 429);
    assert.ok(refused, 'none was told to wait');
    assert.ok(Number(refused.headers.get('retry-after')) > 0);
  });
});

async function sent(values: object = {}): Promise<{ path: string; link: string; answer: Answer['body'] }> {
  const lines = [{ description: 'Tea', quantity: '12', unitPrice: '14' }];
  const offer = await sales.create(OFFERS, { customerId, subject: 'Breakfast', lines, ...values });
  const path = `${OFFERS}/${offer.id}`;
  await sales.act(path, 'submit');
  const answer = await sales.act(path, 'send');
  const link = new URL(answer.links[0].url).pathname.replace('/public/offers/', '/api/offers/public/');
  return { path, link, answer };
}
