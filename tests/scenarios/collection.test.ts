import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { billingOf, type Billing } from '#tests/support/billing.ts';
import { asApplication, assertBooks } from '#tests/support/books.ts';
import { eventsAbout } from '#tests/support/events.ts';
import { startInstallation, type Installation } from '#tests/support/installation.ts';
import { pdfText } from '#tests/support/pdf-text.ts';
import { runScheduled } from '#tests/support/scheduled.ts';
import { pathOf, salesOf, type Sales } from '#tests/support/sales.ts';
import { skipReason, testDatabaseUrl } from '#tests/support/services.ts';

const INVOICES = '/api/invoices/invoices';
const ALLOCATIONS = '/api/payments/allocations';

let installation: Installation;
let sales: Sales;
let billing: Billing;

describe('Collection', { skip: skipReason(testDatabaseUrl()) }, () => {
  before(async () => {
    installation = await startInstallation();
    sales = salesOf(installation.admin);
    billing = await billingOf(installation, sales);
  });
  after(() => installation.stop());

  describe('The payment schedule', schedules);
  describe('Open items', openItems);
  describe('What is overdue', overdue);
  describe('Reports', reports);
  test('The books agree', () => assertBooks(installation));
});

const issued = (net: string): Promise<string> => billing.issued(net);
const half = async (path: string) => [{ invoiceLineId: (await sales.read(path)).lines[0].id, quantity: '0.5' }];

function schedules(): void {
  test('A draft has its payment schedule from its terms; changed by hand it must add up; issued it is sealed', async () => {
    const wrong = { name: 'Wrong', days: 0, instalments: [{ percent: '60', days: 0 }] };
    const refused = await sales.client.post('/api/invoices/payment-terms', wrong);
    assert.deepEqual([refused.status, refused.body.errors[0].pointer], [422, '/instalments']);
    const terms = await sales.create('/api/invoices/payment-terms', {
      name: 'In two parts',
      days: 0,
      instalments: [
        { percent: '30', days: 0 },
        { percent: '70', days: 30, discountPercent: '2', discountDays: 10 },
      ],
    });
    const made = await billing.draft('100', { paymentTermsId: terms.id, date: '2026-01-20' });
    const amounts = (invoice: { paymentSchedule: { amount: string; dueDate: string; discountAmount: string | null }[] }) =>
      invoice.paymentSchedule.map(({ amount, dueDate, discountAmount }) => [amount, dueDate, discountAmount]);
    assert.deepEqual(amounts(made), [
      ['35.70', '2026-01-20', null],
      ['83.30', '2026-02-19', '1.67'],
    ]);
    assert.deepEqual([made.dueDate, made.isScheduleByHand], ['2026-02-19', false]);
    const path = `${INVOICES}/${made.id}`;
    const same = await sales.client.patch(path, { customerReference: 'PO 1' });
    assert.deepEqual(same.body.paymentSchedule, made.paymentSchedule);
    const short = await sales.client.patch(path, { paymentSchedule: [{ dueDate: '2026-03-01', amount: '100' }] });
    assert.deepEqual([short.status, short.body.errors[0].pointer], [422, '/paymentSchedule']);
    const byHand = await sales.client.patch(path, { paymentSchedule: [{ dueDate: '2099-03-01', amount: '119' }] });
    assert.deepEqual([byHand.body.isScheduleByHand, byHand.body.dueDate], [true, '2099-03-01']);
    const { record: sealed } = await sales.act(path, 'issue');
    assert.deepEqual(amounts(sealed), [['119.00', '2099-03-01', null]]);
    assert.equal((await sales.client.patch(path, { paymentSchedule: [] })).status, 409);
    const sql = `update records.invoice_instalment set due_date = '2100-01-01' where parent_id = '${made.id}'`;
    await assert.rejects(asApplication(installation, 'invoices', sql), /sealed/);
  });
}

function openItems(): void {
  test('What is outstanding follows credit notes and write-offs, the status follows it, and an allocation is undone', async () => {
    const path = await issued('100');
    await sales.until(path, 'has its open item', ({ openItemId, outstanding }) => Boolean(openItemId) && outstanding === '119.00');
    const note = pathOf((await sales.act(path, 'credit', { reason: 'broken', lines: await half(path) })).created);
    await sales.act(note, 'issue');
    const credited = await sales.until(path, 'owes half', ({ outstanding }) => outstanding === '59.50');
    assert.deepEqual([credited.status, credited.creditedTotal], ['issued', '59.50']);
    const refused = await sales.refused(path, 'write-off', { reason: 'lost', amount: '60' });
    assert.deepEqual([refused.code, refused.sentence.de], ['invalid_value', '59.50 EUR lassen sich ausgleichen, nicht 60.00.']);
    await sales.act(path, 'write-off', { reason: 'insolvent' });
    const writtenOff = await sales.until(path, 'owes nothing', ({ outstanding }) => outstanding === '0.00');
    assert.deepEqual([writtenOff.status, writtenOff.writtenOffTotal, writtenOff.nextDueDate], ['writtenOff', '59.50', null]);
    const settled = await sales.client.get(
      `/api/payments/allocations?filter[debitId]=${writtenOff.id}&sort=createdAt&fields=id,amount,credit.kind`,
    );
    const { items } = settled.body;
    assert.deepEqual(
      items.map(({ amount, credit }: { amount: string; credit: { kind: string } }) => [amount, credit.kind]),
      [
        ['59.50', 'creditNote'],
        ['59.50', 'writeOff'],
      ],
    );
    await sales.act(`${ALLOCATIONS}/${items[1].id}`, 'undo', { reason: 'they pay after all' });
    const again = await sales.until(path, 'owes half again', ({ outstanding }) => outstanding === '59.50');
    assert.deepEqual([again.status, again.writtenOffTotal], ['issued', '0.00']);
    await sales.act(`${ALLOCATIONS}/${items[1].id}`, 'undo', { reason: 'asked twice, done once' });
    assert.equal((await sales.read(path)).outstanding, '59.50');
  });

  test('A credit that is left over settles another invoice of the customer, which then is paid, once', async () => {
    const [first, second] = [await issued('100'), await issued('50')];
    await sales.until(first, 'has its open item', ({ openItemId }) => Boolean(openItemId));
    const note = pathOf((await sales.act(first, 'credit', { reason: 'goodwill', lines: await half(first) })).created);
    const { record } = await sales.act(note, 'issue');
    await sales.until(first, 'is half credited', ({ outstanding }) => outstanding === '59.50');
    const allocation = await sales.client.get(`${ALLOCATIONS}?filter[creditId]=${record.id}`);
    await sales.act(`${ALLOCATIONS}/${allocation.body.items[0].id}`, 'undo', { reason: 'rather on the other' });
    const credit = `/api/payments/open-items/${record.id}`;
    assert.equal((await sales.refused(credit, 'allocate', { itemId: record.id })).code, 'invalid_value');
    const { id } = await sales.read(second);
    await sales.act(credit, 'allocate', { itemId: id, amount: '20' });
    const partly = await sales.until(second, 'is partly paid', ({ outstanding }) => outstanding === '39.50');
    assert.equal(partly.status, 'partlyPaid');
    await sales.act(credit, 'allocate', { itemId: id });
    const paid = await sales.until(second, 'is paid', ({ outstanding }) => outstanding === '0.00');
    assert.equal(paid.status, 'paid');
    assert.equal((await sales.read(first)).outstanding, '119.00');
    const told = (await eventsAbout(installation, 'invoices', `invoice/${id}`)).filter(({ type }) => type === 'InvoicePaid');
    assert.deepEqual(
      told.map(({ data }) => data.grossTotal),
      ['59.50'],
    );
  });

  test('Twenty allocations of one invoice at once never exceed it, and the database would not let them', async () => {
    const path = await issued('100');
    const { id } = await sales.until(path, 'has its open item', ({ openItemId }) => Boolean(openItemId));
    const item = `/api/payments/open-items/${id}`;
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => sales.patiently(`${item}/actions/write-off`, { reason: 'bit by bit', amount: '10' })),
    );
    assert.equal(answers.filter(({ status }) => status === 200).length, 11);
    assert.ok(answers.every(({ status }) => status === 200 || status === 422));
    const left = await sales.read(item);
    assert.deepEqual([left.allocated, left.balance, left.status], ['110.00', '9.00', 'open']);
    for (const sql of [
      `update records.open_item set allocated = amount + 1 where id = '${id}'`,
      `update records.open_item set allocated = -1 where id = '${id}'`,
    ])
      await assert.rejects(asApplication(installation, 'payments', sql), /The count/, sql);
    for (const sql of [`update records.open_item set amount = 1000 where id = '${id}'`, 'delete from records.allocation'])
      await assert.rejects(asApplication(installation, 'payments', sql), /sealed/, sql);
  });

  test('A disputed invoice is told by its status until the dispute is resolved', async () => {
    const path = await issued('10');
    const { record } = await sales.act(path, 'dispute', { reason: 'not ordered' });
    assert.deepEqual([record.status, record.disputeReason], ['disputed', 'not ordered']);
    assert.equal((await sales.act(path, 'resolve-dispute')).record.status, 'issued');
  });
}

function overdue(): void {
  const told = async (path: string) =>
    (await eventsAbout(installation, 'invoices', `invoice/${path.split('/').at(-1)}`)).filter(({ type }) => type === 'InvoiceOverdue');

  test('An invoice is overdue from the day after its due date, which is told once; a disputed one only when that is resolved', async () => {
    const [late, early, disputed] = [await billing.issuedBefore(3), await billing.issuedBefore(-1), await billing.issuedBefore(3)];
    await sales.act(disputed, 'dispute', { reason: 'not ordered' });
    for (let times = 0; times < 2; times += 1) await runScheduled(installation, 'invoices', 'markOverdue');
    assert.deepEqual(
      [(await sales.read(late)).status, (await sales.read(early)).status, (await sales.read(disputed)).status],
      ['overdue', 'issued', 'disputed'],
    );
    assert.deepEqual(
      (await told(late)).map(({ data }) => [data.daysOverdue >= 3, data.outstanding]),
      [[true, '119.00']],
    );
    assert.equal((await told(disputed)).length, 0);
    await sales.act(disputed, 'resolve-dispute');
    await runScheduled(installation, 'invoices', 'markOverdue');
    assert.equal((await sales.read(disputed)).status, 'overdue');
    await sales.act(late, 'write-off', { reason: 'gone' });
    const gone = await sales.until(late, 'is written off', ({ status }) => status === 'writtenOff');
    assert.deepEqual([gone.overdueSince, gone.nextDueDate], [null, null]);
  });
}

function reports(): void {
  test('A statement of account goes from what was owed before to what is owed after, and the ageing adds up to the same', async () => {
    const { id } = await sales.create('/api/customers/customers', { name: 'Stated GmbH', language: 'de' });
    const path = await billing.issuedBefore(40, '100', { id });
    await billing.issuedBefore(-5, '50', { id });
    await sales.act(path, 'write-off', { reason: 'small change', amount: '19' });
    await sales.until(path, 'is told', ({ outstanding }) => outstanding === '100.00');
    const year = '2000-01-01';
    const stated = await sales.client.get(`/api/payments/reports/statement-of-account?customerId=${id}&from=${year}&to=2099-12-31`);
    assert.equal(stated.status, 200, JSON.stringify(stated.body));
    const rows: readonly { kind: string; amount: string | null; balance: string }[] = stated.body.rows;
    assert.deepEqual(
      rows.map(({ kind, amount }) => [kind, amount]).toSorted((a, b) => String(a[0]).localeCompare(String(b[0]))),
      [
        ['closing', null],
        ['invoice', '119.00'],
        ['invoice', '59.50'],
        ['opening', null],
        ['writeOff', '-19.00'],
      ],
    );
    assert.deepEqual([rows.at(0)?.balance, rows.at(-1)?.balance], ['0.00', '159.50']);
    const aged = await sales.client.get(`/api/payments/reports/receivables-ageing?customerId=${id}&asOf=2099-12-31`);
    assert.deepEqual(
      aged.body.rows.map(({ customer, older, total }: { [column: string]: string }) => [customer, older, total]),
      [['Stated GmbH', '159.50', '159.50']],
    );
    const csv = await sales.client.get(`/api/payments/reports/statement-of-account?customerId=${id}&format=csv`);
    assert.match(csv.body, /^date,kind,reference/);
    const letter = `/api/payments/reports/statement-of-account?customerId=${id}&from=${year}&to=2099-12-31&format=letter`;
    const printed = await fetch(`${installation.url}${letter}`, { headers: { authorization: `Bearer ${installation.admin.token}` } });
    assert.equal(printed.status, 200);
    const text = pdfText(new Uint8Array(await printed.arrayBuffer()));
    for (const word of ['Stated GmbH', 'Endsaldo', '159,50', 'Über 90 Tage']) assert.ok(text.includes(word), `${word} in ${text}`);
    assert.equal((await sales.client.get('/api/payments/reports/receivables-ageing?format=letter')).status, 400);
    const unknown = await sales.client.get('/api/payments/reports/statement-of-account?customer=x');
    assert.deepEqual([unknown.status, unknown.body.code], [400, 'unknown_name']);
    assert.equal((await sales.client.get('/api/payments/reports/statement-of-account')).status, 422);
    assert.equal((await sales.client.get('/api/payments/reports/nothing')).status, 404);
  });
}
