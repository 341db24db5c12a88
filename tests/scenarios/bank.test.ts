import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { billingOf, type Billing } from '#tests/support/billing.ts';
import { ask, asApplication, assertBooks } from '#tests/support/books.ts';
import { startInstallation, type Installation } from '#tests/support/installation.ts';
import { salesOf, type Sales } from '#tests/support/sales.ts';
import { openShuffledBus } from '#tests/support/shuffled-bus.ts';
import { skipReason, testDatabaseUrl } from '#tests/support/services.ts';

const ACCOUNTS = '/api/payments/own-bank-accounts';
const TRANSACTIONS = '/api/payments/bank-transactions';
const IBAN = 'DE89370400440532013000';

let installation: Installation;
let sales: Sales;
let billing: Billing;
let account: string;

/** As German banks write it: some lines above the headers, the newest first, a balance behind each. */
const file = (
  ...rows: readonly (readonly [day: string, name: string, iban: string, text: string, amount: string, balance: string])[]
): string =>
  [
    'Umsatzanzeige;01.10.2026',
    'Konto;Giro',
    '',
    'Buchung;Name;IBAN;Verwendungszweck;Betrag;Währung;Saldo',
    ...rows.map(([day, name, iban, text, amount, balance]) => `${day};"${name}";${iban};"${text}";${amount};EUR;${balance}`),
  ].join('\r\n');

describe('The bank', { skip: skipReason(testDatabaseUrl()) }, () => {
  before(async () => {
    installation = await startInstallation({ bus: openShuffledBus(11) });
    sales = salesOf(installation.admin);
    billing = await billingOf(installation, sales);
    const format = await sales.create('/api/payments/bank-csv-formats', {
      name: 'Sparkasse',
      dateColumn: 'Buchung',
      amountColumn: 'Betrag',
      currencyColumn: 'Währung',
      nameColumn: 'Name',
      ibanColumn: 'IBAN',
      textColumns: 'Verwendungszweck',
      balanceColumn: 'Saldo',
    });
    account = `${ACCOUNTS}/${(await sales.create(ACCOUNTS, { name: 'Giro', currency: 'EUR', csvFormatId: format.id })).id}`;
  });
  after(() => installation.stop());

  test('What a statement names by number and amount is matched by itself; what is not sure is proposed with its reasons', statement);
  test('A file and its transactions come once, a statement must balance, and what is missing between two is told', duplicates);
  test('A person splits, writes a small difference off, keeps a rest for the customer, and takes it back', byHand);
  test('What was recorded before the bank told of it is matched as that, and makes no second payment', recorded);
  test('The books agree', () => assertBooks(installation));
});

async function owing(name: string, net: string): Promise<{ customerId: string; path: string; id: string; number: string }> {
  const customer = await sales.create('/api/customers/customers', { name, currency: 'EUR' });
  const path = await billing.issued(net, { customerId: customer.id });
  const { id, number } = await sales.until(path, 'has its open item', ({ openItemId }) => Boolean(openItemId));
  await sales.until(`/api/payments/open-items/${id}`, 'has its number', ({ reference }) => reference === number);
  return { customerId: customer.id, path, id, number };
}

const bring = (content: string, more: object = {}) => sales.act(account, 'import-statement', { content, ...more });
const found = async (text: string) =>
  (await sales.client.post(`${TRANSACTIONS}/query`, { filter: { text: { contains: text } } })).body.items[0];

async function statement(): Promise<void> {
  const [sure, known, other] = [await owing('Sicher AG', '100'), await owing('Müller & Söhne GmbH', '50'), await owing('Nobody Ltd', '70')];
  await sales.create('/api/customers/bank-accounts', { customerId: known.customerId, iban: IBAN });
  await sales.until(`/api/customers/bank-accounts?filter[customerId]=${known.customerId}`, 'is there', ({ items }) => items.length === 1);
  const content = file(
    ['03.10.2026', 'Bank', '', 'Entgelt', '-4,90', '1.256,60'],
    ['02.10.2026', 'SOEHNE MUELLER', IBAN, 'Danke', '59,50', '1.261,50'],
    ['01.10.2026', 'Sicher AG', '', `RG ${sure.number.replaceAll('-', ' ')}`, '119,00', '1.202,00'],
  );
  await bring(content);
  await sales.until(sure.path, 'is paid', ({ status }) => status === 'paid');
  const matched = await found('RG ');
  assert.deepEqual([matched.status, matched.matched], ['matched', '119.00']);
  const match = (await sales.client.get(`/api/payments/bank-matches?filter[transactionId]=${matched.id}`)).body.items[0];
  assert.deepEqual([match.isAutomatic, match.score, match.reasons.toSorted()], [true, 100, ['amount', 'name', 'referenceText']]);
  const proposed = await sales.until(`${TRANSACTIONS}/${(await found('Danke')).id}`, 'has proposals', ({ score }) => score > 0);
  assert.equal(proposed.status, 'unmatched');
  assert.deepEqual([proposed.proposals[0].customerId, proposed.proposals[0].reasons.includes('iban')], [known.customerId, true]);
  assert.equal((await sales.read(other.path)).status, 'issued');
  const [row] = (await sales.client.get('/api/payments/bank-statements?sort=-createdAt')).body.items;
  assert.deepEqual([row.openingBalance, row.closingBalance, row.transactions, row.since], ['1083.00', '1256.60', 3, '2026-10-01']);
  await sales.act(`${TRANSACTIONS}/${(await found('Entgelt')).id}`, 'set-aside', { note: 'fees' });
}

async function duplicates(): Promise<void> {
  const first = file(
    ['05.10.2026', 'A', '', 'Overlap one', '10,00', '1.276,60'],
    ['05.10.2026', 'A', '', 'Overlap one', '10,00', '1.266,60'],
  );
  await bring(first);
  assert.equal((await sales.refused(account, 'import-statement', { content: first })).code, 'duplicate');
  const longer = file(
    ['06.10.2026', 'B', '', 'Overlap two', '5,00', '1.281,60'],
    ['05.10.2026', 'A', '', 'Overlap one', '10,00', '1.276,60'],
    ['05.10.2026', 'A', '', 'Overlap one', '10,00', '1.266,60'],
  );
  const { created } = await bring(longer);
  const overlapping = await sales.read(`/api/payments/bank-statements/${created[0].id}`);
  assert.deepEqual([overlapping.transactions, overlapping.known, overlapping.gap], [1, 2, null]);
  const wrong = file(['07.10.2026', 'C', '', 'Off', '5,00', '1.290,00'], ['07.10.2026', 'C', '', 'Off too', '5,00', '1.286,60']);
  const refused = await sales.refused(account, 'import-statement', { content: wrong });
  assert.deepEqual([refused.errors[0].pointer, refused.errors[0].rule], ['/content', 'balance']);
  assert.match(
    (await sales.refused(account, 'import-statement', { content: file(['40.10.2026', 'C', '', 'x', '1', '1']) })).errors[0].message,
    /Line 5.*no day/,
  );
  const later = file(['20.10.2026', 'D', '', 'After a gap', '1,00', '2.001,00']);
  const gap = await sales.read(`/api/payments/bank-statements/${(await bring(later)).created[0].id}`);
  assert.equal(gap.gap, '718.40');
}

async function byHand(): Promise<void> {
  const [one, two] = [await owing('Eins GmbH', '10'), await owing('Zwei GmbH', '20')];
  await bring(file(['21.10.2026', 'Konzern', '', 'Sammler', '40,00', '2.041,00']));
  const path = `${TRANSACTIONS}/${(await found('Sammler')).id}`;
  await sales.until(path, 'was looked at', ({ score }) => score !== null);
  const lines = [
    { itemId: one.id, amount: '11.40', writeOff: true },
    { itemId: two.id, amount: '23.80' },
  ];
  assert.equal((await sales.refused(path, 'accept', { lines: [{ itemId: one.id, amount: '41' }] })).errors[0].pointer, '/lines');
  await sales.act(path, 'accept', { lines, customerId: two.customerId });
  const done = await sales.until(one.path, 'owes nothing', ({ outstanding }) => outstanding === '0.00');
  assert.equal(done.writtenOffTotal, '0.50');
  await sales.until(two.path, 'is paid', ({ status }) => status === 'paid');
  assert.deepEqual([(await sales.read(path)).status, (await sales.read(path)).matched], ['matched', '40.00']);
  const [rest] = (await sales.client.get(`/api/payments/open-items?filter[customerId]=${two.customerId}&filter[kind]=payment`)).body.items;
  assert.equal(rest.open, '4.80');
  await assert.rejects(asApplication(installation, 'payments', 'update records.bank_transaction set matched = size + 1'), /The count/);
  await sales.act(path, 'undo', { reason: 'the wrong customers' });
  await sales.until(two.path, 'is owed again', ({ outstanding }) => outstanding === '23.80');
  assert.deepEqual(await ask(installation, 'payments', `select status from records.payment where customer = '${two.customerId}'`), [
    { status: 'cancelled' },
  ]);
  assert.equal((await sales.read(path)).status, 'unmatched');
}

async function recorded(): Promise<void> {
  const owed = await owing('Vorher GmbH', '100');
  const payment = await sales.create('/api/payments/payments', { customerId: owed.customerId, amount: '119', date: '2026-10-28' });
  const paid = `/api/payments/payments/${payment.id}`;
  await sales.act(paid, 'record');
  await sales.act(paid, 'allocate');
  const { created } = await sales.act(paid, 'refund', { amount: '19', reason: 'Goodwill' });
  const [refund] = created.filter(({ object }: { object: string }) => object === 'refund');
  assert.ok(refund, 'a refund was made');
  const { number } = await sales.read(`/api/payments/refunds/${refund.id}`);
  await bring(
    file(
      ['30.10.2026', 'VORHER', '', `Rueck ${number}`, '-19,00', '2.141,00'],
      ['29.10.2026', 'Vorher GmbH', '', `Zahlung ${payment.number}`, '119,00', '2.160,00'],
    ),
  );
  const first = await sales.until(`${TRANSACTIONS}/${(await found('Zahlung PY')).id}`, 'is matched', ({ status }) => status === 'matched');
  const matches = async (id: string) => (await sales.client.get(`/api/payments/bank-matches?filter[transactionId]=${id}`)).body.items;
  const [match] = await matches(first.id);
  assert.deepEqual([match.paymentId, match.isMade, match.isAutomatic], [payment.id, false, true]);
  const back = `${TRANSACTIONS}/${(await found('Rueck')).id}`;
  const looked = await sales.until(back, 'was looked at', ({ score }) => score !== null);
  assert.equal(looked.status, 'unmatched', 'money that went out is proposed, and a refund of today is not within days of it');
  assert.deepEqual(looked.proposals, []);
}
