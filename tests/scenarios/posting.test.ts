import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { dayIn } from '#platform/kernel/relative-date.ts';
import { billingOf, type Billing } from '#tests/support/billing.ts';
import { ask, asApplication, assertBooks } from '#tests/support/books.ts';
import { eventually } from '#tests/support/eventually.ts';
import { startInstallation, type Installation } from '#tests/support/installation.ts';
import { confirmedOrder, pathOf, salesOf, stocked, type Sales } from '#tests/support/sales.ts';
import { runScheduled } from '#tests/support/scheduled.ts';
import { skipReason, testDatabaseUrl } from '#tests/support/services.ts';
import { openShuffledBus } from '#tests/support/shuffled-bus.ts';

const EACH_LINE = `select a.code || ' ' || coalesce(l.debit::text, '') || '/' || coalesce(l.credit::text, '') as line
  from records.journal_line l join records.account a on a.id = l.account join records.journal_entry e on e.id = l.parent_id`;

describe('Documents are posted by their events, which come twice and in any order', { skip: skipReason(testDatabaseUrl()) }, () => {
  let installation: Installation;
  let sales: Sales;
  let billing: Billing;
  before(async () => {
    installation = await startInstallation({ bus: openShuffledBus(11) });
    sales = salesOf(installation.admin);
    billing = await billingOf(installation, sales);
    await eventually('the rules', async () => (await installation.admin.get('/api/accounting/posting-rules')).body.items?.length > 10);
  });
  after(() => installation.stop());

  const lines = async (where: string, count: number): Promise<readonly unknown[]> => {
    const sql = `${EACH_LINE} where ${where} order by e.number, l.position`;
    await eventually(`${count} lines ${where}`, async () => (await ask(installation, 'accounting', sql)).length >= count).catch(
      () => undefined,
    );
    return (await ask(installation, 'accounting', sql)).map(({ line }) => line);
  };
  const waiting = async (reason: string) =>
    eventually(`waits: ${reason}`, async () => {
      const { body } = await installation.admin.get('/api/accounting/postings?filter[status]=waiting');
      return body.items?.find((one: { reason: string }) => one.reason === reason);
    });
  const idOf = (path: string): string => path.split('/').at(-1) ?? '';

  test('an invoice to receivables, revenue and VAT, its credit note the other way, and what is written off with its VAT', async () => {
    const path = await billing.issued('100');
    assert.deepEqual(await lines(`e.invoice = '${idOf(path)}'`, 3), ['1400 119.00/', '8400 /100.00', '1776 /19.00']);
    const { items } = (await installation.admin.get(`/api/accounting/journal-entries?filter[invoiceId]=${idOf(path)}`)).body;
    const invoice = (await installation.admin.get(path)).body;
    assert.deepEqual([items[0].reference, items[0].description], [invoice.number, `${invoice.number} Adler GmbH`]);
    const [line] = (await installation.admin.get(path)).body.lines;
    const note = pathOf(
      (await sales.act(path, 'credit', { reason: 'Half', lines: [{ invoiceLineId: line.id, quantity: '0.5' }] })).created,
    );
    await sales.read(note);
    await sales.act(note, 'issue');
    assert.deepEqual(await lines(`e.credit_note = '${idOf(note)}'`, 3), ['8400 50.00/', '1776 9.50/', '1400 /59.50']);
    await sales.until(path, 'is credited', ({ outstanding }) => outstanding === '59.50');
    await sales.act(path, 'write-off', { reason: 'Insolvent', amount: '11.90' });
    assert.deepEqual(await lines(`e.source_object = 'allocation'`, 3), ['2406 10.00/', '1776 1.90/', '1400 /11.90']);
    const [allocation] = (await installation.admin.get('/api/payments/allocations?filter[amount]=11.90')).body.items;
    await sales.act(`/api/payments/allocations/${allocation.id}`, 'undo', { reason: 'They pay after all' });
    const undone = await lines(`e.source_object = 'allocation' and e.reversal_of is not null`, 3);
    assert.deepEqual(undone, ['2406 /10.00', '1776 /1.90', '1400 11.90/']);
  });

  test('goods that come and go, at what they cost', async () => {
    const start = await stocked(sales, { Chair: '10' });
    const order = await confirmedOrder(sales, start, { Chair: '4' });
    const note = pathOf((await sales.act(order, 'create-delivery-note')).created);
    await sales.read(note);
    await sales.act(note, 'ship');
    assert.deepEqual(await lines(`e.delivery_note = '${idOf(note)}'`, 2), ['3950 24.00/', '3980 /24.00']);
    assert.deepEqual(await lines(`e.source_object = 'stock_movement'`, 2), ['3980 60.00/', '1792 /60.00']);
    const [line] = (await sales.read(note)).lines;
    const back = pathOf((await sales.act(note, 'return', { reason: 'Wobbles', lines: [{ lineId: line.id, quantity: '1' }] })).created);
    assert.deepEqual(await lines(`e.source = '${idOf(back)}'`, 2), ['3980 6.00/', '3950 /6.00']);
  });

  test('a final invoice tells the down payment that it deducts from its revenue, and so does its credit note', () =>
    finalCredited(sales, lines));

  test('what cannot be posted waits with its reason, and is posted when the cause has gone', async () => {
    const account = `/api/accounting/accounts/${(await installation.admin.get('/api/accounting/accounts/by/code/8400')).body.id}`;
    assert.equal((await installation.admin.patch(account, { isFrozen: true })).status, 200);
    const path = await billing.issued('200');
    const posting = await waiting('accountFrozen');
    assert.deepEqual([posting.detail, posting.invoiceId], ['8400 Erlöse 19 % USt', idOf(path)]);
    const again = await sales.act(`/api/accounting/postings/${posting.id}`, 'retry');
    assert.equal(again.record.status, 'waiting');
    assert.equal((await installation.admin.patch(account, { isFrozen: false })).status, 200);
    assert.equal((await lines(`e.invoice = '${idOf(path)}'`, 3)).length, 3);
    const posted = await sales.until(`/api/accounting/postings/${posting.id}`, 'is posted', ({ status }) => status === 'posted');
    assert.equal(posted.reason, null);
    const [period] = (
      await installation.admin.get(`/api/accounting/periods?filter[from][lte]=${posting.date}&filter[to][gte]=${posting.date}`)
    ).body.items;
    await sales.act(`/api/accounting/periods/${period.id}`, 'close-period', { documents: ['invoice'] });
    const late = await billing.issued('300');
    const held = await waiting('periodClosed');
    assert.match(
      (await sales.refused(`/api/accounting/periods/${period.id}`, 'close-period', { kind: 'hard' })).detail,
      /still waits to be posted/,
    );
    await sales.act(`/api/accounting/periods/${period.id}`, 'reopen-period', { reason: 'A late invoice' });
    assert.equal((await lines(`e.invoice = '${idOf(late)}'`, 3)).length, 3);
    assert.equal(held.invoiceId, idOf(late));
  });

  test('Receivables that differ from the open items are found by customer, with the reason, as of the day, and told', () =>
    differenceFound(installation, sales));

  test('An entry can be looked at before it is posted, by the rules in force and by one that is being written', () =>
    lookedAt(installation, sales, billing));

  test('and at the end everything agrees', async () => {
    await assertBooks(installation);
    assert.deepEqual(await ask(installation, 'accounting', `select title from records.posting where status = 'waiting'`), []);
    assert.deepEqual(await ask(installation, 'accounting', 'select consumer, reason from platform.dead_letter'), []);
  });
});

/** An entry by hand on a control account differs from the open items, until it is reversed. */
async function differenceFound(installation: Installation, sales: Sales): Promise<void> {
  const [line] = await ask(installation, 'accounting', `select account, customer from records.journal_line where customer is not null`);
  const { items } = (await installation.admin.get('/api/accounting/accounts?filter[code]=8400')).body;
  const date = dayIn('Europe/Berlin', new Date());
  const lines = [
    { accountId: line?.['account'], customerId: line?.['customer'], debit: '7' },
    { accountId: items[0].id, credit: '7' },
  ];
  const { id } = await sales.create('/api/accounting/journal-entries', { date, description: 'By hand', lines });
  await sales.act(`/api/accounting/journal-entries/${id}`, 'post');
  const check = async (input: object) => {
    const { created } = (await sales.client.post('/api/accounting/receivables-checks/actions/check-receivables', input)).body;
    return sales.read(`/api/accounting/receivables-checks/${created[0].id}`);
  };
  const found = await check({});
  assert.deepEqual(
    [found.status, found.difference, found.aged, found.openItems === found.aged],
    ['differs', '7.00', found.openItems, true],
  );
  const [differs] = found.lines;
  assert.deepEqual([differs.customerId, differs.cause, differs.difference], [line?.['customer'], 'byHand', '7.00']);
  const [told] = await ask(installation, 'accounting', `select data from platform.outbox where type = 'ReceivablesDisagree'`);
  assert.equal(JSON.stringify(told).includes(found.id), true);
  assert.deepEqual((await check({ asOf: '2020-01-01' })).status, 'agrees');
  await sales.act(`/api/accounting/journal-entries/${id}`, 'reverse', { reason: 'Nobody owes that' });
  assert.deepEqual((await check({})).status, 'agrees');
  await runScheduled(installation, 'accounting', 'checkReceivables');
  const { body } = await sales.client.get('/api/accounting/receivables-checks?sort=-createdAt');
  assert.deepEqual([body.items[0].status, body.items[0].asOf < date], ['agrees', true]);
  await assert.rejects(asApplication(installation, 'accounting', `update records.receivables_check set difference = 0`), /sealed/);
}

/** What a draft would be posted as, and what a rule makes of a document; nothing of it is left behind. */
async function lookedAt(installation: Installation, sales: Sales, billing: Billing): Promise<void> {
  const RULES = '/api/accounting/posting-rules';
  const idOf = async (code: string): Promise<string> => (await sales.client.get(`/api/accounting/accounts/by/code/${code}`)).body.id;
  const look = async (input: object) => sales.client.post(`${RULES}/actions/preview`, input);
  const said = (entry: { lines: readonly { account: string; debit: string | null; credit: string | null }[] }) =>
    entry.lines.map(({ account, debit, credit }) => `${account.slice(0, 4)} ${debit ?? ''}/${credit ?? ''}`);
  const counts = `select (select count(*) from records.journal_entry) as entries, (select count(*) from platform.outbox) as told,
    (select last from platform.number_series where series like '%journal%' order by 1 desc limit 1) as last`;
  const [asItWas] = await ask(installation, 'accounting', counts);
  const draft = await billing.draft('100');
  const { answer } = (await look({ sourceObject: 'invoice', source: draft.id })).body;
  assert.deepEqual(said(answer.entry), ['1400 119.00/', '8400 /100.00', '1776 /19.00']);
  assert.match(answer.rule.name, /Rechnung/);
  const { items } = (await sales.client.get('/api/accounting/postings?filter[event]=invoiceIssued&sort=createdAt')).body;
  const posting = { sourceObject: 'posting', source: items[0].id };
  const rule = {
    name: 'Other revenue',
    event: 'invoiceIssued',
    priority: 9999,
    lines: [
      { side: 'debit', role: 'receivables', figure: 'gross', isPersonal: true },
      { side: 'credit', accountId: await idOf('0800'), figure: 'gross' },
    ],
  };
  const tried = (await look({ ...posting, rule })).body.answer;
  assert.deepEqual(said(tried.entry), ['1400 119.00/', '0800 /119.00']);
  assert.equal(tried.before.name, answer.rule.name);
  const unbalanced = { ...rule, lines: [rule.lines[0], { side: 'credit', role: 'revenue', figure: 'net' }] };
  assert.equal((await look({ ...posting, rule: unbalanced })).body.answer.fault.reason, 'unbalanced');
  const wrong = await look({ ...posting, rule: { ...rule, lines: [rule.lines[0]] } });
  assert.deepEqual([wrong.status, wrong.body.errors[0].field], [422, 'lines']);
  assert.equal((await look({ ...posting, rule: 'x' })).body.errors[0].field, 'rule');
  assert.equal((await look({ sourceObject: 'invoice', source: '01890a5d-ac96-774b-bcce-b302099a8057' })).status, 404);
  const lines = [
    { accountId: await idOf('1200'), debit: '5' },
    { accountId: await idOf('0800'), credit: '5' },
  ];
  const entry = await sales.create('/api/accounting/journal-entries', { lines });
  assert.deepEqual(said((await look({ sourceObject: 'journal_entry', source: entry.id })).body.answer.entry), ['1200 5.00/', '0800 /5.00']);
  const [asItIs] = await ask(installation, 'accounting', counts);
  assert.deepEqual(asItIs, { ...asItWas, entries: String(Number(asItWas?.['entries']) + 1), told: String(Number(asItWas?.['told']) + 1) });
}

const lastOf = (path: string): string => path.split('/').at(-1) ?? '';

/** A final invoice and its credit note, each line of which is on the other side. */
async function finalCredited(sales: Sales, linesOf: (where: string, count: number) => Promise<readonly unknown[]>): Promise<void> {
  const order = await confirmedOrder(sales, await stocked(sales, { Bench: '5' }), { Bench: '1' });
  const deposit = pathOf((await sales.act(order, 'create-down-payment', { percent: '30' })).created);
  await sales.read(deposit);
  await sales.act(deposit, 'issue');
  const final = await eventually('the final invoice, once the deposit counts', async () => {
    const { status, body } = await sales.patiently(`${order}/actions/create-invoice`, {});
    return status === 200 && pathOf(body.created);
  });
  assert.equal((await sales.read(final)).kind, 'final');
  await sales.act(final, 'issue');
  const posted = await linesOf(`e.invoice = '${lastOf(final)}'`, 4);
  const note = pathOf((await sales.act(final, 'credit', { reason: 'All of it' })).created);
  await sales.read(note);
  await sales.act(note, 'issue');
  const mirrored = posted.map((line) => String(line).replace(/^(\S+) (.*)\/(.*)$/, '$1 $3/$2'));
  assert.deepEqual(new Set(await linesOf(`e.credit_note = '${lastOf(note)}'`, 4)), new Set(mirrored));
}
