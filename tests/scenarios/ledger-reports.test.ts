import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { after, before, describe, test } from 'node:test';
import { fromBufferPromise } from 'yauzl';
import { eventually } from '#tests/support/eventually.ts';
import { keyFor } from '#tests/api/specimen.ts';
import type { Client } from '#tests/support/client.ts';
import { startInstallation, type Installation } from '#tests/support/installation.ts';
import { salesOf, type Sales } from '#tests/support/sales.ts';
import { skipReason, testDatabaseUrl } from '#tests/support/services.ts';

const ENTRIES = '/api/accounting/journal-entries';
const REPORTS = '/api/accounting/reports';
const YEAR = new Date().getFullYear() - 1;

let installation: Installation;
let sales: Sales;
let accounts: Record<string, string>;

/** Debit, credit, amount, day, and the VAT of the credit side. */
type Posting = readonly [debit: string, credit: string, amount: string, day: string, vat?: readonly [category: string, rate: string]];

/** A year of a small company in accounts of SKR03: capital, a machine, sales with VAT, what was paid, rent. */
const POSTINGS: readonly Posting[] = [
  ['1200', '0800', '50000.00', '01-02'],
  ['0410', '1200', '12000.00', '01-15'],
  ['1400', '8400', '1000.00', '02-10', ['S', '19']],
  ['1400', '1776', '190.00', '02-10', ['S', '19']],
  ['1400', '8300', '200.00', '02-20', ['S', '7']],
  ['1400', '1771', '14.00', '02-20', ['S', '7']],
  ['1200', '1400', '1190.00', '03-05'],
  ['4210', '1200', '800.00', '03-31'],
  ['1576', '1200', '152.00', '03-31'],
  ['4210', '1200', '800.10', '06-15'],
];

const DAYS = { from: `${YEAR}-01-01`, to: `${YEAR}-12-31` };

describe('Reports of the books', { skip: skipReason(testDatabaseUrl()) }, () => {
  before(async () => {
    installation = await startInstallation();
    sales = salesOf(installation.admin);
    const { items } = await eventually('the chart', async () => {
      const { body } = await installation.admin.get('/api/accounting/accounts?limit=1000');
      return body.items?.length > 50 && body;
    });
    accounts = Object.fromEntries(items.map(({ code, id }: { code: string; id: string }) => [code, id]));
    for (const posting of POSTINGS) await posted(posting);
    await sales.create(ENTRIES, { description: 'A draft is in no report', date: `${YEAR}-02-01`, lines: linesOf(POSTINGS[0]) });
  });
  after(() => installation.stop());

  test('The trial balance agrees at any day, with what stood before, and leads to each account', async () => {
    const whole = await report('trial-balance', { from: `${YEAR}-01-01`, to: `${YEAR}-12-31` });
    assert.deepEqual(figures(whole, '1200'), ['0.00', '51190.00', '13752.10', '37437.90', '0.00']);
    assert.deepEqual(totals(whole), ['0.00', '66346.10', '66346.10', '51404.00', '51404.00']);
    for (const [from, to] of [
      [`${YEAR}-01-01`, `${YEAR}-03-05`],
      [`${YEAR}-02-15`, `${YEAR}-06-15`],
      [`${YEAR}-03-06`, `${YEAR}-03-30`],
    ] as const) {
      const part = await report('trial-balance', { from, to });
      const [opening, debit, credit, owed, owing] = totals(part);
      assert.deepEqual([opening, debit, owed], ['0.00', credit, owing], `${from} ${to}`);
      assert.equal(figures(part, '1200')[3], sumOf(to), `${from} ${to}`);
    }
    const { links } = rowOf(whole, '1200').row;
    assert.deepEqual(links.account, {
      report: 'accounting/general-ledger',
      input: { accountId: accounts['1200'], from: `${YEAR}-01-01`, to: `${YEAR}-12-31` },
    });
  });

  test('An account line by line goes from what it had to what it has', async () => {
    const ledger = await report('general-ledger', { accountId: accounts['1200'] ?? '', from: `${YEAR}-03-01`, to: `${YEAR}-12-31` });
    const balances = ledger.rows.map(({ balance }: { balance: string }) => balance);
    assert.deepEqual(balances, ['38000.00', '39190.00', '38390.00', '38238.00', '37437.90', '37437.90']);
    assert.match(ledger.rows[1].entry, /^JE-/);
    assert.equal(ledger.rows[1].row.links.entry.object, 'journal_entry');
    const forged = await installation.admin.get(`${REPORTS}/general-ledger?accountId=${accounts['1200']}&after=x`);
    assert.equal(forged.status, 400);
  });

  test('Balance sheet, result, cash and VAT tell the same year', async () => {
    const sheet = await report('balance-sheet', { asOf: `${YEAR}-12-31` });
    const total = (name: string) => sheet.rows.find(({ account }: { account: string }) => account === name).amount;
    assert.equal(total('Total assets'), '49803.90');
    assert.equal(total('Total liabilities and equity'), '49803.90');
    assert.equal(total('Result not carried forward yet'), '-400.10');
    assert.equal(sheet.rows.find(({ account }: { account: string }) => account === 'Total assets').comparison, '0.00');
    const result = await report('profit-and-loss', { from: `${YEAR}-01-01`, to: `${YEAR}-12-31` });
    assert.deepEqual([result.rows[0].amount, result.rows.at(-1).amount], ['1200.00', '-400.10']);
    assert.deepEqual([result.asked.compareFrom, result.asked.compareTo], [`${YEAR - 1}-01-01`, `${YEAR - 1}-12-31`]);
    const cash = await report('cash-flow', { from: `${YEAR}-01-01`, to: `${YEAR}-12-31` });
    const flow = (name: string) => cash.rows.find((row: { name: string }) => row.name === name).amount;
    assert.deepEqual([flow('Result'), flow('From investment'), flow('From financing')], ['-400.10', '-12000.00', '50000.00']);
    assert.deepEqual([flow('Change of cash'), flow('Cash after')], ['37437.90', '37437.90']);
    const vat = await report('vat-return', { from: `${YEAR}-01-01`, to: `${YEAR}-03-31` });
    assert.deepEqual(
      vat.rows.map(({ rate, taxable, tax }: { rate?: string; taxable?: string; tax: string }) => [
        rate ? Number(rate) : null,
        taxable ?? null,
        tax,
      ]),
      [
        [19, '1000.00', '190.00'],
        [7, '200.00', '14.00'],
        [null, null, '204.00'],
        [null, null, '-152.00'],
        [null, null, '52.00'],
      ],
    );
    await leadsToItsEntries(vat);
  });

  test('The year’s end empties income and expenses, and the result of the year is told all the same', async () => {
    const year = (await installation.admin.get(`/api/accounting/fiscal-years?filter[from]=${YEAR}-01-01`)).body.items[0];
    for (const period of (await installation.admin.get(`/api/accounting/periods?limit=50&filter[fiscalYearId]=${year.id}`)).body.items)
      await sales.act(`/api/accounting/periods/${period.id}`, 'close-period', { kind: 'soft' });
    await sales.act(`/api/accounting/fiscal-years/${year.id}`, 'close-year');
    const result = await report('profit-and-loss', { from: `${YEAR}-01-01`, to: `${YEAR}-12-31` });
    assert.equal(result.rows.at(-1).amount, '-400.10');
    const half = await report('profit-and-loss', { from: `${YEAR}-02-15`, to: `${YEAR}-12-31` });
    assert.equal(half.rows.at(-1).amount, '-1400.10');
    const sheet = await report('balance-sheet', { asOf: `${YEAR}-12-31` });
    const amount = (name: string) => sheet.rows.find(({ account }: { account: string }) => account === name).amount;
    assert.deepEqual([amount('Result not carried forward yet'), amount('Total liabilities and equity')], ['0.00', '49803.90']);
  });

  test('hledger reads the journal with the same balances', { skip: hasHledger() ? false : 'hledger is not installed' }, () =>
    readsAlike(hledger),
  );

  test('The journal leaves with the same balances as plain text, and for auditors as files that are described', async () => {
    await readsAlike(ownReading);
    const files = await archive(`${REPORTS}/journal?${new URLSearchParams({ ...DAYS, format: 'gobd' })}`);
    assert.deepEqual([...files.keys()], ['index.xml', 'journal.csv', 'konten.csv', 'belege.csv']);
    const lines = files.get('journal.csv')?.trim().split('\r\n') ?? [];
    assert.match(lines[0] ?? '', /^"Buchungsnummer";"Zeile";"Buchungsdatum"/);
    assert.equal(lines.length, 1 + (await report('journal', DAYS)).rows.length);
    assert.match(files.get('index.xml') ?? '', /<URL>belege.csv<\/URL>/);
  });

  test('Whoever may not read entries knows of none of these reports', async () => {
    const knownTo = async (client: Client): Promise<number> =>
      (await client.get('/api/platform/reports')).body.items.filter(({ module }: { module: string }) => module === 'accounting').length;
    assert.deepEqual([await knownTo(installation.admin), await knownTo(await keyFor(installation.admin, 'warehouse'))], [9, 0]);
    const unordered = await installation.admin.get(`${REPORTS}/trial-balance?from=${YEAR}-02-01&to=${YEAR}-01-01`);
    assert.deepEqual([unordered.status, unordered.body.errors[0].field], [422, 'to']);
    const pdf = await installation.admin.get(`${REPORTS}/balance-sheet?asOf=${YEAR}-12-31&format=pdf&language=de`);
    assert.deepEqual([pdf.status, String(pdf.body).slice(0, 5)], [200, '%PDF-']);
  });
});

async function posted(posting: Posting): Promise<void> {
  const [, , , day] = posting;
  const made = await sales.create(ENTRIES, { description: `Of ${day}`, date: `${YEAR}-${day}`, lines: linesOf(posting) });
  await sales.act(`${ENTRIES}/${made.id}`, 'post');
}

function linesOf([debit, credit, amount, , vat]: Posting = ['', '', '', '']) {
  const taxed = vat ? { vatCategory: vat[0], vatRate: vat[1] } : {};
  return [
    { accountId: accounts[debit], debit: amount, ...(debit.startsWith('157') ? taxed : {}) },
    { accountId: accounts[credit], credit: amount, ...taxed },
  ];
}

async function report(name: string, input: Record<string, string>) {
  const answer = await installation.admin.get(`${REPORTS}/${name}?${new URLSearchParams(input)}`);
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
  return answer.body;
}

/** Every row of the VAT return leads to the entries behind it, whose sums are the row's; the last is the difference of two. */
async function leadsToItsEntries({ rows }: Told): Promise<void> {
  const cents = (amount: unknown): number => Math.round(Number(amount ?? 0) * 100);
  for (const { taxable, tax, row } of rows.slice(0, -1)) {
    const { report: name, input } = row.links.name;
    assert.equal(name, 'accounting/vat-entries');
    const behind: Told['rows'] = (await report('vat-entries', input)).rows;
    const sum = (of: 'taxable' | 'tax'): number => behind.reduce((all: number, line: Told['rows'][0]) => all + cents(line[of]), 0);
    assert.deepEqual([sum('taxable'), sum('tax')], [cents(taxable), cents(tax)], JSON.stringify(input));
    for (const line of behind) assert.equal(line.row.links.entry.object, 'journal_entry');
  }
  assert.equal(rows.at(-1).row.links, undefined);
}

type Told = Awaited<ReturnType<typeof report>>;

function rowOf({ rows }: Told, code: string) {
  return rows.find(({ account }: { account: string }) => account.startsWith(`${code} `));
}

function figures(told: Told, code: string): readonly string[] {
  const { opening, debit, credit, closingDebit, closingCredit } = rowOf(told, code);
  return [opening, debit, credit, closingDebit, closingCredit];
}

function totals({ rows }: Told): readonly string[] {
  const { opening, debit, credit, closingDebit, closingCredit } = rows.at(-1);
  return [opening, debit, credit, closingDebit, closingCredit];
}

/** What the bank has on a day, by the postings above. */
function sumOf(day: string): string {
  const until = POSTINGS.filter(([, , , on]) => `${YEAR}-${on}` <= day);
  const sum = (at: 0 | 1) => until.filter((posting) => posting[at] === '1200').reduce((total, [, , amount]) => total + Number(amount), 0);
  return (sum(0) - sum(1)).toFixed(2);
}

/** Balances of a journal in plain text, read by its rules: a posting is indented, and two blanks end the account's name. */
function ownReading(text: string): ReadonlyMap<string, number> {
  const balances = new Map<string, number>();
  for (const line of text.split('\n')) {
    const [, account, amount] = /^ {4}[a-z]+:(.+?) {2,}(-?[\d.]+) EUR/.exec(line) ?? [];
    if (account !== undefined) balances.set(account, Math.round(((balances.get(account) ?? 0) + Number(amount)) * 100) / 100);
  }
  return balances;
}

/** Whether somebody who reads the journal of the year as plain text finds the balances that we tell. */
async function readsAlike(reading: (text: string) => ReadonlyMap<string, number>): Promise<void> {
  const { body: text } = await installation.admin.get(`${REPORTS}/journal?${new URLSearchParams({ ...DAYS, format: 'hledger' })}`);
  const ours = new Map<string, string>();
  for (const { account, closingDebit, closingCredit, row } of (await report('trial-balance', DAYS)).rows)
    if (row.kind !== 'total') ours.set(account, String(Number(closingDebit) - Number(closingCredit)));
  const told = reading(text);
  for (const [account, balance] of told) assert.equal(String(balance), ours.get(account) ?? '0', account);
  assert.equal(told.size >= ours.size, true);
}

function hasHledger(): boolean {
  return spawnSync('hledger', ['--version']).error === undefined;
}

/** The same as hledger tells them. */
function hledger(text: string): ReadonlyMap<string, number> {
  const ran = spawnSync('hledger', ['-f', '-', 'balance', '--flat', '--no-total', '-E', '-O', 'csv'], { input: text, encoding: 'utf8' });
  assert.equal(ran.status, 0, ran.stderr);
  const rows = ran.stdout.trim().split('\n').slice(1);
  return new Map(
    rows.map((row) => {
      const [, account = '', amount = ''] = /^"[a-z]+:(.+)","(.+)"$/.exec(row) ?? [];
      return [account, Number(amount.replace(' EUR', ''))] as const;
    }),
  );
}

async function archive(path: string): Promise<ReadonlyMap<string, string>> {
  const { url, token } = installation.admin;
  const answer = await fetch(`${url}${path}`, { headers: { authorization: `Bearer ${token}` } });
  assert.equal(answer.status, 200);
  const zip = await fromBufferPromise(Buffer.from(await answer.arrayBuffer()), { lazyEntries: true });
  const files = new Map<string, string>();
  for await (const entry of zip.eachEntry()) {
    const parts: Buffer[] = [];
    for await (const part of await zip.openReadStreamPromise(entry)) parts.push(part);
    files.set(entry.fileName, Buffer.concat(parts).toString('utf8'));
  }
  return files;
}
