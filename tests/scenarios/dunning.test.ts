import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { billingOf, type Billing } from '#tests/support/billing.ts';
import { asApplication } from '#tests/support/books.ts';
import type { Client } from '#tests/support/client.ts';
import { eventsAbout } from '#tests/support/events.ts';
import { eventually } from '#tests/support/eventually.ts';
import { startInstallation, type Installation } from '#tests/support/installation.ts';
import { pdfText } from '#tests/support/pdf-text.ts';
import { salesOf, type Sales } from '#tests/support/sales.ts';
import { skipReason, testDatabaseUrl } from '#tests/support/services.ts';

const CUSTOMERS = '/api/customers/customers';
const RUNS = '/api/invoices/dunning-runs';
const NOTICES = '/api/invoices/dunning-notices';

let installation: Installation;
let sales: Sales;
let billing: Billing;

describe('A dunning run', { skip: skipReason(testDatabaseUrl()) }, () => {
  before(async () => {
    installation = await startInstallation();
    sales = salesOf(installation.admin);
    billing = await billingOf(installation, sales);
  });
  after(() => installation.stop());

  const notices = async (customerId: string) =>
    (await sales.client.get(`${NOTICES}?filter[customerId]=${customerId}&sort=createdAt`)).body.items;

  test('finds who is late, lets lines be taken out, writes one letter per customer, and raises their level by one', async () => {
    const level = await eventually(
      'the standard policy',
      async () => (await sales.client.get('/api/invoices/dunning-levels?sort=daysOverdue')).body.items?.[0],
    );
    await sales.client.patch(`/api/invoices/dunning-levels/${level.id}`, { fee: '5', interestPercent: '9.12', channel: 'letter' });
    const unknown = await sales.client.patch(`/api/invoices/dunning-levels/${level.id}`, { textEn: 'Pay {everything}' });
    assert.deepEqual([unknown.status, unknown.body.errors[0].pointer], [422, '/textEn']);
    const late = await sales.create(CUSTOMERS, { name: 'Late Ltd', language: 'en' });
    const blocked = await sales.create(CUSTOMERS, { name: 'Promised Ltd' });
    await sales.create('/api/invoices/customer-dunnings', { customerId: blocked.id, blockedUntil: '2099-01-01', reason: 'promised' });
    const invoices = [
      await billing.issuedBefore(45, '1000', late),
      await billing.issuedBefore(10, '100', late),
      await billing.issuedBefore(10, '50', late),
    ];
    await billing.issuedBefore(3, '70', late);
    await billing.issuedBefore(20, '80', blocked);
    await sales.act(await billing.issuedBefore(30, '90', late), 'dispute', { reason: 'no' });
    const run = await sales.create(RUNS, {});
    const mine = run.lines.filter(({ customerId }: { customerId: string }) => customerId === late.id);
    assert.deepEqual(
      mine.map((line: Line) => [line.level, line.overdue, line.fee]),
      [
        [1, '1190.00', '5.00'],
        [1, '119.00', '5.00'],
        [1, '59.50', '5.00'],
      ],
    );
    assert.ok(run.lines.every(({ customerId }: { customerId: string }) => customerId !== blocked.id));
    const [letter] = run.letters.filter(({ customer: name }: { customer: string }) => name === 'Late Ltd');
    assert.deepEqual([letter.invoices, letter.outstanding, letter.fee], [3, '1368.50', '5.00']);
    const path = `${RUNS}/${run.id}`;
    assert.equal((await sales.client.patch(path, { lines: [] })).status, 409);
    const out = run.lines.map(({ id, customerId }: Line) => ({ id, isIncluded: customerId === late.id && id !== mine[2].id }));
    const fewer = await sales.client.patch(path, { lines: out });
    assert.deepEqual(
      fewer.body.letters.map(({ invoices: count, outstanding }: Line) => [count, outstanding]),
      [[2, '1309.00']],
    );
    await sales.act(path, 'execute');
    await sales.act(path, 'execute');
    const done = await sales.until(path, 'is done', ({ status }) => status === 'done');
    assert.deepEqual(
      done.lines.filter(({ customerId }: Line) => customerId === late.id).map(({ result }: Line) => result),
      ['written', 'written', 'left'],
    );
    const [notice, ...others] = await notices(late.id);
    assert.equal(others.length, 0);
    assert.deepEqual(
      [notice.level, notice.outstanding, notice.fee, notice.channel, notice.invoices.length],
      [1, '1309.00', '5.00', 'letter', 2],
    );
    assert.equal(Number(notice.total).toFixed(2), (1309 + 5 + Number(notice.interest)).toFixed(2));
    assert.match(notice.text, /€1,309.00 of the invoices below/);
    assert.deepEqual(await Promise.all(invoices.map(async (one) => (await sales.read(one)).dunningLevel)), [1, 1, null]);
    const parts = [notice.number, 'Late Ltd', notice.invoices[0].number, '1,190.00', '€1,309.00', `€${notice.total}`.replace('€1', '€1,')];
    await assertPrinted(sales.client, (await sales.act(`${NOTICES}/${notice.id}`, 'mark-sent')).pdf, parts);
    const [told] = await eventsAbout(installation, 'invoices', `dunning_notice/${notice.id}`).then((all) =>
      all.filter(({ type }) => type === 'DunningSent'),
    );
    assert.deepEqual([told?.data.total, told?.data.invoices.length], [notice.total, 2]);
    const again = await sales.create(RUNS, {});
    assert.deepEqual(
      again.lines.filter(({ customerId }: Line) => customerId === late.id).map((line: Line) => line.overdue),
      ['59.50'],
    );
    await sales.act(`${RUNS}/${again.id}`, 'cancel');
    await assert.rejects(
      asApplication(installation, 'invoices', `update records.dunning_notice set total = 0 where id = '${notice.id}'`),
      /sealed/,
    );
  });

  test('Two runs over the same invoices at once write one letter, and what was settled meanwhile is in none', async () => {
    const twice = await sales.create(CUSTOMERS, { name: 'Twice KG', language: 'de' });
    const [kept, settled] = [await billing.issuedBefore(10, '100', twice), await billing.issuedBefore(10, '200', twice)];
    const runs = await Promise.all([sales.create(RUNS, {}), sales.create(RUNS, {})]);
    await sales.act(settled, 'write-off', { reason: 'gone' });
    await sales.until(settled, 'is settled', ({ status }) => status === 'writtenOff');
    await Promise.all(runs.map(({ id }) => sales.act(`${RUNS}/${id}`, 'execute')));
    const results = await Promise.all(
      runs.map(async ({ id }) => {
        const { lines } = await sales.until(`${RUNS}/${id}`, 'is done', ({ status }) => status === 'done');
        return lines.filter(({ customerId }: Line) => customerId === twice.id).map(({ result }: Line) => result);
      }),
    );
    assert.deepEqual(
      results
        .flat()
        .join(' ')
        .split(' ')
        .toSorted((a, b) => a.localeCompare(b)),
      ['reminded', 'settled', 'settled', 'written'],
    );
    const written = await notices(twice.id);
    assert.deepEqual(
      written.map(({ outstanding, invoices }: Line) => [outstanding, invoices.length]),
      [['119.00', 1]],
    );
    assert.match(written[0].text, /119,00\s€ noch nicht bezahlt/);
    assert.equal((await sales.read(kept)).dunningLevel, 1);
  });
});

/** Rows of a run and its letters, as they come. */
type Line = Awaited<ReturnType<Sales['read']>>;

async function assertPrinted({ url, token }: Client, path: string, parts: readonly string[]): Promise<void> {
  const answer = await fetch(`${url}${path}`, { headers: { authorization: `Bearer ${token}` } });
  const text = pdfText(Buffer.from(await answer.arrayBuffer()));
  for (const part of parts) assert.ok(text.includes(part), `${part} is not in ${text}`);
}
