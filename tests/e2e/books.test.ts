import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { billingOf, type Billing } from '#tests/support/billing.ts';
import { assertAccessible, visit, type Visit } from '#tests/support/browser.ts';
import { eventually } from '#tests/support/eventually.ts';
import { salesOf, type Sales } from '#tests/support/sales.ts';
import { chromiumPath, skipReason, testDatabaseUrl } from '#tests/support/services.ts';

const ACCOUNTING = '/api/accounting';
const PAYMENTS = '/api/payments/payments';
const LAST_YEAR = new Date().getFullYear() - 1;

let visitor: Visit;
let sales: Sales;
let billing: Billing;

describe('A bookkeeper', { skip: skipReason(testDatabaseUrl(), chromiumPath()) }, () => {
  before(async () => {
    visitor = await visit();
    sales = salesOf(visitor.installation.admin);
    billing = await billingOf(visitor.installation, sales);
    await eventually('the rules', async () => (await sales.client.get(`${ACCOUNTING}/posting-rules`)).body.items?.length > 10);
  });
  after(() => visitor?.end());

  test('looks at the entry of a draft before it is posted', looks);
  test('allocates a payment over invoices by keyboard alone, and takes one back', allocates);
  test('matches what the bank tells by keyboard alone', matches);
  test('sees on the first page what is owed, and what was invoiced in a month', stands);
  test('sees the difference of a payment in another currency in its entry', differs);
  test('loses a chargeback, and the invoice is owed again', loses);
  test('closes a period, reopens it for a reason that stays in its history, and closes the year', closes);
  test('verifies the chain and holds the receivables against the open items', verifies);
});

async function invoiced(net: string, more: object): Promise<{ id: string; number: string; path: string }> {
  const path = await billing.issued(net, more);
  const { id, number } = await sales.until(path, 'has its item', ({ openItemId }) => Boolean(openItemId));
  await sales.until(`/api/payments/open-items/${id}`, 'has its number', ({ reference }) => reference === number);
  return { id, number, path };
}

const customer = async (name: string): Promise<string> => (await sales.create('/api/customers/customers', { name, currency: 'EUR' })).id;

async function received(values: object): Promise<string> {
  const { id } = await sales.create(PAYMENTS, values);
  await sales.act(`${PAYMENTS}/${id}`, 'record');
  return id;
}

async function looks(): Promise<void> {
  const { page } = visitor;
  const { id } = await billing.draft('100');
  await visitor.open(`/o/invoice/${id}`);
  await page.getByRole('button', { name: 'Entry', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('row').filter({ hasText: '1400' }).getByText('€119.00').waitFor();
  await assertAccessible(page, 'the preview of an entry');
  const { items } = (await sales.client.get(`${ACCOUNTING}/posting-rules?filter[event]=invoiceIssued&sort=-priority`)).body;
  await invoiced('10', {});
  await visitor.open(`/o/posting_rule/${items[0].id}`);
  await page.getByRole('button', { name: 'Entry', exact: true }).click();
  await dialog.getByRole('row').filter({ hasText: '1400' }).getByText('€11.90').waitFor();
}

async function allocates(): Promise<void> {
  const { page } = visitor;
  const customerId = await customer('Keys GmbH');
  const [first, second] = [await invoiced('100', { customerId }), await invoiced('200', { customerId })];
  const id = await received({ customerId, amount: '200' });
  await visitor.open(`/o/payment/${id}`);
  await page.getByRole('button', { name: 'Allocate' }).press('Enter');
  await page.getByLabel(`Settles ${first.number}`).waitFor();
  await assertAccessible(page, 'the allocation of a payment');
  await page.keyboard.press('Enter');
  await page.keyboard.type('90');
  await page.getByText('More than is left').first().waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Enter');
  await page.getByText('€0.00 left').waitFor();
  await page.keyboard.press('Control+Enter');
  await page.getByText('All of it is allocated').waitFor();
  await sales.until(first.path, 'is paid', ({ status }) => status === 'paid');
  await sales.until(second.path, 'is partly paid', ({ outstanding }) => outstanding === '157.00');
  await page.getByRole('button', { name: `Undo ${second.number}` }).press('Enter');
  await page.getByText('€81.00 left').waitFor();
  await sales.until(second.path, 'is owed again', ({ outstanding }) => outstanding === '238.00');
  await visitor.open(`/o/invoice/${first.id}`);
  const chain = page.getByRole('list', { name: 'Documents before and after' });
  await chain.getByText('€200.00').first().waitFor();
  assert.equal(await chain.getByRole('link', { name: /^JE-/ }).count(), 2, 'the entry of the invoice and that of its payment');
  await chain.getByRole('link', { name: /^PY-/ }).click();
  await chain.getByRole('link', { name: first.number }).waitFor();
  assert.equal(await chain.getByRole('link', { name: second.number }).count(), 0, 'what was undone settles nothing');
}

async function matches(): Promise<void> {
  const { page } = visitor;
  const customerId = await customer('Bank und Söhne');
  const { number, path } = await invoiced('50', { customerId });
  const format = await sales.create('/api/payments/bank-csv-formats', {
    name: 'Mine',
    delimiter: 'comma',
    dateFormat: 'ymd',
    hasDecimalComma: false,
    dateColumn: 'Date',
    amountColumn: 'Amount',
    nameColumn: 'Name',
    textColumns: 'Text',
  });
  const account = await sales.create('/api/payments/own-bank-accounts', {
    name: 'Giro',
    currency: 'EUR',
    csvFormatId: format.id,
    autoAcceptFrom: 101,
  });
  const day = new Date().toISOString().slice(0, 10);
  const content = `Date,Name,Text,Amount\n${day},Nobody,Fees,-4.90\n${day},Bank und Soehne,Invoice ${number},59.50`;
  await sales.act(`/api/payments/own-bank-accounts/${account.id}`, 'import-statement', { content });
  await sales.until('/api/payments/bank-transactions?sort=-score', 'are looked at', ({ items }) => items[0]?.score > 0);
  await visitor.open('/bank');
  const list = page.getByRole('listbox', { name: 'Transactions' });
  await list.waitFor();
  await assertAccessible(page, 'the matching of bank transactions');
  await page.keyboard.press('ArrowDown');
  await list.getByRole('option', { selected: true }).filter({ hasText: number }).waitFor();
  await speak('de');
  await visitor.open('/bank');
  await page.getByRole('listbox').getByRole('option').filter({ hasText: number }).click();
  const amount = page.getByRole('textbox', { name: `Gleicht aus ${number}` });
  await amount.fill('neunundfünfzig');
  await page.getByText('Bitte eine Zahl angeben').waitFor();
  assert.equal(await page.getByRole('button', { name: 'Zuordnen', exact: true }).isDisabled(), true);
  await amount.fill('59,5');
  await page.getByRole('textbox', { name: `Skonto ${number}` }).focus();
  assert.equal(await amount.inputValue(), '59,50');
  await page.keyboard.press('Enter');
  await page.getByText('1 von 2 erledigt').waitFor();
  await sales.until(path, 'is paid', ({ status }) => status === 'paid');
  await speak('en');
}

async function stands(): Promise<void> {
  const { page } = visitor;
  const filter = 'filter[status][in]=issued,partlyPaid,overdue,disputed&filter[currency]=EUR';
  const { items } = (await sales.client.get(`/api/invoices/invoices?${filter}&fields=outstanding&limit=200`)).body;
  const cents = items.reduce((sum: number, { outstanding }: { outstanding: string }) => sum + Math.round(Number(outstanding) * 100), 0);
  await visitor.open('/');
  const owed = page.getByRole('link', { name: `Unpaid: ${items.length}` });
  await owed.getByText(new Intl.NumberFormat('en-GB', { style: 'currency', currency: 'EUR' }).format(cents / 100)).waitFor();
  const month = new Date().toLocaleDateString('en', { month: 'long', year: 'numeric', timeZone: 'Europe/Berlin' });
  const invoicedThen = page.getByRole('link', { name: new RegExp(`^${month}: €[1-9]`) });
  await invoicedThen.waitFor();
  await assertAccessible(page, 'how the business stands');
  await invoicedThen.click();
  await page.getByRole('heading', { level: 1, name: 'Invoices' }).waitFor();
  await page.getByRole('gridcell', { name: /^IN-/ }).first().waitFor();
}

async function differs(): Promise<void> {
  const { page } = visitor;
  const rates = `${ACCOUNTING}/exchange-rates`;
  await sales.create(rates, { currency: 'USD', baseCurrency: 'EUR', validFrom: '2020-01-01', rate: '0.8', source: 'ECB' });
  const customerId = await customer('Overseas Inc');
  await eventually('the rate', async () => {
    const lines = [{ description: 'Work', quantity: '1', unitPrice: '1' }];
    const { body } = await sales.client.post('/api/invoices/invoices?dryRun=true', { customerId, currency: 'USD', lines });
    return body.exchangeRate === '0.8';
  });
  const { number } = await invoiced('100', { customerId, currency: 'USD' });
  const id = await received({ customerId, currency: 'USD', amount: '119', exchangeRate: '0.9' });
  await visitor.open(`/allocate/${id}`);
  await page.getByLabel(`Settles ${number}`).press('Enter');
  await page.keyboard.press('Control+Enter');
  await page.getByText('This customer owes nothing').waitFor();
  await sales.until(`${ACCOUNTING}/journal-entries?filter[documentType]=settlement`, 'the difference', ({ items }) => items.length === 1);
  await visitor.open('/o/journal_entry');
  await page.getByText('Settlement').first().waitFor();
  const [entry] = (await sales.client.get(`${ACCOUNTING}/journal-entries?filter[documentType]=settlement`)).body.items;
  await visitor.open(`/o/journal_entry/${entry.id}`);
  await page.getByText('11.90').first().waitFor();
  await assertAccessible(page, 'an entry');
}

async function loses(): Promise<void> {
  const { page } = visitor;
  const customerId = await customer('Disputed Ltd');
  const { path, number } = await invoiced('100', { customerId });
  const id = await received({ customerId, amount: '119', method: 'card' });
  await sales.act(`${PAYMENTS}/${id}`, 'allocate');
  await sales.until(path, 'is paid', ({ status }) => status === 'paid');
  await visitor.open(`/o/payment/${id}`);
  await choose('Chargeback');
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Fee').fill('15');
  await dialog.getByLabel('Reason').fill('Not received');
  await dialog.getByRole('button', { name: 'Chargeback' }).click();
  const [chargeback] = await eventually('the chargeback', async () => {
    const { items } = (await sales.client.get(`/api/payments/chargebacks?filter[paymentId]=${id}`)).body;
    return items.length > 0 && items;
  });
  await visitor.open(`/o/chargeback/${chargeback.id}`);
  await choose('Lost');
  await dialog.getByRole('button', { name: 'Lost' }).click();
  await sales.until(`/api/payments/chargebacks/${chargeback.id}`, 'is lost', ({ status }) => status === 'lost');
  await sales.until(path, 'is owed again', ({ outstanding, status }) => outstanding === '119.00' && status === 'issued');
  await visitor.open(`/o/chargeback/${chargeback.id}`);
  await page.getByRole('table').getByRole('link', { name: number }).waitFor();
  await assertAccessible(page, 'a chargeback');
}

/** In which language the screens are from the next page on. */
async function speak(language: 'en' | 'de'): Promise<void> {
  await sales.client.patch('/api/platform/me', { language });
  await visitor.page.evaluate((chosen) => localStorage.setItem('tessera.language', chosen), language);
}

/** A verb of the record, as a button or in its menu. */
async function choose(name: string): Promise<void> {
  const { page } = visitor;
  await page.getByRole('button', { name: 'More' }).waitFor();
  const button = page.getByRole('button', { name, exact: true });
  if ((await button.count()) > 0) return button.click();
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name }).click();
}

async function closes(): Promise<void> {
  const { page } = visitor;
  const account = async (code: string): Promise<string> => (await sales.client.get(`${ACCOUNTING}/accounts/by/code/${code}`)).body.id;
  const lines = [
    { accountId: await account('1200'), debit: '80' },
    { accountId: await account('8200'), credit: '80' },
  ];
  const entry = async (date: string): Promise<string> =>
    `${ACCOUNTING}/journal-entries/${(await sales.create(`${ACCOUNTING}/journal-entries`, { date, description: 'Sale', lines })).id}`;
  await sales.act(await entry(`${LAST_YEAR}-03-15`), 'post');
  const [period] = (await sales.client.get(`${ACCOUNTING}/periods?filter[name]=${LAST_YEAR}-03`)).body.items;
  const at = `${ACCOUNTING}/periods/${period.id}`;
  const dialog = page.getByRole('dialog');
  await visitor.open(`/o/period/${period.id}`);
  await choose('Close');
  await dialog.getByRole('button', { name: 'Close', exact: true }).last().click();
  await sales.until(at, 'is closed', ({ status }) => status === 'softClosed');
  const late = await entry(`${LAST_YEAR}-03-20`);
  await visitor.open(`/o/journal_entry/${late.split('/').at(-1)}`);
  await choose('Post');
  await dialog.getByRole('button', { name: 'Post' }).click();
  await dialog.getByText('is closed for this').waitFor();
  await visitor.open(`/o/period/${period.id}`);
  await choose('Reopen');
  await dialog.getByLabel('Reason').fill('A late receipt');
  await dialog.getByRole('button', { name: 'Reopen' }).click();
  await sales.until(at, 'is open', ({ status }) => status === 'open');
  await page.getByText('A late receipt').first().waitFor();
  await assertAccessible(page, 'a period');
  const told = (await sales.client.get(`${ACCOUNTING}/periods/${period.id}/timeline`)).body.items;
  assert.ok(JSON.stringify(told).includes('A late receipt'));
  await sales.act(late, 'post');
  const [year] = (await sales.client.get(`${ACCOUNTING}/fiscal-years?filter[name]=${LAST_YEAR}`)).body.items;
  await visitor.open(`/o/fiscal_year/${year.id}`);
  await choose('Close the year');
  await dialog.getByRole('button', { name: 'Close the year' }).click();
  await sales.until(`${ACCOUNTING}/fiscal-years/${year.id}`, 'is closed', ({ status }) => status === 'closed');
  await page.getByRole('link', { name: /^JE-/ }).first().click();
  await page.getByRole('heading', { name: /^JE-/ }).waitFor();
}

async function verifies(): Promise<void> {
  const { page } = visitor;
  await visitor.open('/o/journal_entry');
  await page.getByRole('button', { name: 'Verify the chain' }).click();
  await page.getByText('and none is missing').waitFor();
  await assertAccessible(page, 'a verified chain');
  await visitor.open('/o/receivables_check');
  await page.getByRole('button', { name: 'Check now' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Check now' }).click();
  await page.getByText('Agrees').first().waitFor();
  assert.deepEqual(visitor.complaints, []);
}
