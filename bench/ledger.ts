import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { asList } from '#tests/demo/client.ts';
import type { Installation } from './installation.ts';
import { median } from './load.ts';

/** Payments that are told of at once, and how long is waited for their entries. */
const [PAYMENTS, PATIENCE_MS] = [20_000, 600_000];

/** Lines of an entry, and months over which entries lie, so that ten million lines are seven years of a busy company. */
const [LINES_OF_ENTRY, MONTHS] = [4, 84];

const ROUNDS = 7;

/**
 * Posting: payments are told of all at once by the service of payments, and accounting posts each with number, chain, balances, events and
 * its place in the posting queue. Then the trial balance over so many lines, on the last day of a month and in the middle of one.
 */
export async function ledger(installation: Installation, databaseOf: (service: string) => string, lines: number): Promise<void> {
  const payments = new pg.Client({ connectionString: databaseOf('payments') });
  const accounting = new pg.Client({ connectionString: databaseOf('accounting') });
  await Promise.all([payments.connect(), accounting.connect()]);
  try {
    await post(installation, payments, accounting);
    await fill(accounting, lines);
    await tell(installation, accounting);
  } finally {
    await Promise.all([payments.end(), accounting.end()]);
  }
}

async function post({ client }: Installation, payments: pg.Client, accounting: pg.Client): Promise<void> {
  const { body } = await client.post('/api/customers/customers', { name: 'Bench customer', currency: 'EUR' });
  const customer = String(body['id']);
  await until(async () => (await countOf(accounting, `select count(*) from mirror.customer where id = '${customer}'`)) === 1);
  await until(async () => (await countOf(accounting, 'select count(*) from records.posting_rule')) > 10);
  const company = String(asList((await client.get('/api/platform/companies')).body['items'])[0]?.['id']);
  await told(payments, { customer, company, count: 200 });
  await until(async () => (await countOf(accounting, `select count(*) from records.posting where status = 'posted'`)) === 200);
  const begun = performance.now();
  await told(payments, { customer, company, count: PAYMENTS });
  const all = `select count(*) from records.posting where status = 'posted'`;
  await until(async () => (await countOf(accounting, all)) === PAYMENTS + 200);
  const seconds = (performance.now() - begun) / 1000;
  console.log(
    `\n${PAYMENTS.toLocaleString('en')} payments are posted in ${seconds.toFixed(1)} s: ${Math.round(PAYMENTS / seconds)} entries/s`,
  );
}

type Payments = { readonly customer: string; readonly company: string; readonly count: number };

function told(payments: pg.Client, { customer, company, count }: Payments): Promise<unknown> {
  return payments.query(
    `insert into platform.outbox (id, type, subject, actor, correlation_id, object_version, metadata_version, data)
     select gen_random_uuid(), 'PaymentReceived', 'payment/' || p, 'service:bench', p::text, 1, 1, jsonb_build_object(
       'paymentId', p, 'direction', 'in', 'number', 'PY-' || n, 'customerId', $1::text, 'companyId', $2::text, 'date', to_char(now(), 'YYYY-MM-DD'),
       'reference', null, 'amount', '119.00', 'currency', 'EUR', 'exchangeRate', '1', 'companyAmount', '119.00', 'companyCurrency', 'EUR',
       'method', 'bankTransfer', 'bankAccountId', null, 'gatewayAccountId', null)
     from (select gen_random_uuid() as p, n from generate_series(1, $3::integer) n) made`,
    [customer, company, count],
  );
}

/** Posted lines of the last years on all accounts, and the balances that they add up to, as the service would have kept them. */
async function fill(accounting: pg.Client, lines: number): Promise<void> {
  const begun = performance.now();
  const from = `date_trunc('month', now())::date - make_interval(months => ${MONTHS})`;
  await accounting.query('begin; set local session_replication_role = replica');
  await accounting.query(`insert into records.fiscal_year (id, version, created_at, created_by, updated_at, updated_by, company_id, status, name, "from", "to")
    select gen_random_uuid(), 1, now(), 'bench', now(), 'bench', (select company_id from records.period limit 1), 'open', y::text, make_date(y, 1, 1), make_date(y, 12, 31)
    from generate_series(extract(year from ${from})::int, extract(year from now())::int) y
    where not exists (select 1 from records.fiscal_year f where f."from" = make_date(y, 1, 1))`);
  await accounting.query(`insert into records.period (id, version, created_at, created_by, updated_at, updated_by, company_id, status, name, fiscal_year, "from", "to")
    select gen_random_uuid(), 1, now(), 'bench', now(), 'bench', f.company_id, 'open', to_char(m, 'YYYY-MM'), f.id, m::date, (m + interval '1 month - 1 day')::date
    from records.fiscal_year f, generate_series(f."from"::timestamp, f."to"::timestamp, interval '1 month') m
    where not exists (select 1 from records.period p where p."from" = m::date)`);
  await accounting.query(`create temp table entry on commit drop as
    select gen_random_uuid() as id, n, (${from} + make_interval(days => (n % (${MONTHS} * 30))::int))::date as date
    from generate_series(1, ${Math.round(lines / LINES_OF_ENTRY)}) n`);
  await accounting.query(`insert into records.journal_entry (id, version, created_at, created_by, updated_at, updated_by, company_id, status, number, date, document_type, currency, fiscal_year, period, total)
    select e.id, 1, now(), 'bench', now(), 'bench', p.company_id, 'posted', 'BE-' || e.n, e.date, 'invoice', 'EUR', p.fiscal_year, p.id, 200
    from entry e join records.period p on e.date between p."from" and p."to"`);
  await accounting.query(`insert into records.journal_line (id, parent_id, position, account, debit, credit, date, period)
    select gen_random_uuid(), e.id, k, a.ids[1 + (e.n * 7 + k * 13) % cardinality(a.ids)], case when k % 2 = 0 then 100 end, case when k % 2 = 1 then 100 end, e.date, p.id
    from entry e join records.period p on e.date between p."from" and p."to", generate_series(1, ${LINES_OF_ENTRY}) k,
      (select array_agg(id order by code) as ids from records.account where is_postable) a`);
  await accounting.query('delete from records.account_balance');
  await accounting.query(`insert into records.account_balance (id, version, created_at, created_by, updated_at, updated_by, company_id, account, period, "from", debit, credit, closing_debit, closing_credit)
    select gen_random_uuid(), 1, now(), 'bench', now(), 'bench', p.company_id, l.account, p.id, p."from", coalesce(sum(l.debit), 0), coalesce(sum(l.credit), 0), 0, 0
    from records.journal_line l join records.period p on p.id = l.period group by p.company_id, l.account, p.id, p."from"`);
  await accounting.query('commit');
  await accounting.query('vacuum analyze records.journal_line');
  await accounting.query('vacuum analyze records.journal_entry');
  console.log(`${lines.toLocaleString('en')} lines are there after ${((performance.now() - begun) / 1000).toFixed(0)} s`);
}

async function tell({ client }: Installation, accounting: pg.Client): Promise<void> {
  const count = await countOf(accounting, 'select count(*) from records.journal_line');
  const { rows } = await accounting.query<{ account: string }>(
    'select account from records.journal_line where date is not null group by 1 order by count(*) desc limit 1',
  );
  const [year, account] = [new Date().getFullYear() - 1, rows[0]?.account ?? ''];
  const asked: readonly (readonly [string, string])[] = [
    ['the trial balance of a year', `trial-balance?from=${year}-01-01&to=${year}-12-31`],
    ['the trial balance up to the middle of a month', `trial-balance?from=${year}-01-01&to=${year}-11-15`],
    ['the balance sheet in the middle of a month', `balance-sheet?asOf=${year}-11-15`],
    ['a page of the general ledger', `general-ledger?accountId=${account}&from=${year}-01-01&to=${year}-12-31`],
    ['balances of customers', `customer-balances?asOf=${year}-11-15`],
  ];
  for (const [what, path] of asked) {
    const took: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const begun = performance.now();
      await client.get(`/api/accounting/reports/${path}`);
      took.push(performance.now() - begun);
    }
    console.log(
      `${what}, over ${count.toLocaleString('en')} lines: ${median(took).toFixed(0)} ms (${Math.max(...took).toFixed(0)} ms at most)`,
    );
  }
}

async function countOf(client: pg.Client, sql: string): Promise<number> {
  return Number((await client.query<{ count: string }>(sql)).rows[0]?.count ?? 0);
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  const begun = performance.now();
  while (!(await isSo())) {
    if (performance.now() - begun > PATIENCE_MS) throw new Error('What was waited for did not come.');
    await sleep(100);
  }
}
