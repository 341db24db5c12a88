import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import pg from 'pg';
import { eventually } from './eventually.ts';
import type { Installation } from './installation.ts';
import { needed, testDatabaseUrl } from './services.ts';

/** Rows of one service's database, asked as the server's administrator. */
export async function ask(installation: Installation, service: string, sql: string): Promise<readonly Record<string, unknown>[]> {
  const url = Object.assign(new URL(needed(testDatabaseUrl())), { pathname: `/${installation.databasePrefix}${service}` });
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

/** Keeps what a service tells from leaving it, until the answer is called: events wait while an older transaction of their database is open. */
export async function heldOutbox(installation: Installation, service: string): Promise<() => Promise<void>> {
  const url = Object.assign(new URL(needed(testDatabaseUrl())), { pathname: `/${installation.databasePrefix}${service}` });
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  await client.query('begin');
  await client.query('select pg_current_xact_id()');
  return () => client.end();
}

/** Runs statements as the role that a service works as, which may do less than the server's administrator. */
export async function asApplication(target: Installation, service: string, sql: string): Promise<void> {
  const url = Object.assign(new URL(needed(testDatabaseUrl())), { pathname: `/${target.databasePrefix}${service}` });
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  try {
    await client.query(`set role "${target.databasePrefix}${service}_app"`);
    await client.query(sql);
  } finally {
    await client.end();
  }
}

/** What must never be found, by what it would mean. Each asks for the rows that break it. */
const NEVER: Readonly<Record<string, readonly [service: string, sql: string]>> = {
  'more is on delivery notes or invoices than was ordered, or more delivered or invoiced than is on them': [
    'orders',
    `select l.id from records.order_line l join records."order" o on o.id = l.parent_id
     where coalesce(delivery_claimed, 0) > quantity * (1 + coalesce(o.tolerance_percent, 0) / 100)
        or coalesce(invoice_claimed, 0) > quantity * (1 + coalesce(o.tolerance_percent, 0) / 100)
        or coalesce(delivered, 0) > coalesce(delivery_claimed, 0) or coalesce(invoiced, 0) > coalesce(invoice_claimed, 0)
        or least(delivery_claimed, delivered, invoice_claimed, invoiced, reserved) < 0`,
  ],
  'the counts of a line are not those of its claims': [
    'orders',
    `select l.id from records.order_line l left join lateral (
       select coalesce(sum(case when c.kind = 'delivery' and c.state = 'open' then x.quantity when c.kind = 'delivery' and c.state = 'done' then x.done - coalesce(x.returned, 0) end), 0) as notes,
              coalesce(sum(case when c.kind = 'invoice' and c.state <> 'released' then x.quantity - coalesce(x.returned, 0) end), 0) as invoices
       from records.claim_line x join records.claim c on c.id = x.parent_id where x.order_line = l.id) s on true
     where s.notes <> coalesce(l.delivery_claimed, 0) or s.invoices <> coalesce(l.invoice_claimed, 0)`,
  ],
  'more is reserved than is in stock, or not what the reservations say': [
    'orders',
    `select i.id from records.stock_item i left join lateral (select coalesce(sum(quantity), 0) as held from records.reservation where stock_item = i.id) r on true
     where i.reserved > i.on_hand or i.reserved <> r.held or i.available <> i.on_hand - i.reserved`,
  ],
  'stock or its value is not what the movements add up to': [
    'orders',
    `select i.id from records.stock_item i join lateral (select sum(quantity) as quantity, sum(value) as value from records.stock_movement where stock_item = i.id) m on true
     where i.on_hand <> m.quantity or i.value <> m.value or i.on_hand < 0 or i.value < 0`,
  ],
  'an offer has two orders': ['orders', 'select offer from records."order" where offer is not null group by 1 having count(*) > 1'],
  'net and VAT are not gross': [
    'invoices',
    `select id from records.invoice where net_total + tax_total <> gross_total
     union all select i.id from records.invoice i join lateral (select sum(net_amount) as net, sum(tax_amount) as tax from records.invoice_line where parent_id = i.id) l on true
     where l.net <> i.net_total or l.tax <> i.tax_total`,
  ],
  'what is settled of an item is not what its allocations add up to, or its balance is another': [
    'payments',
    `select i.id from records.open_item i left join lateral (
       select coalesce(sum(case when i.id = debit then amount else credit_amount end), 0) as amount,
         coalesce(sum(case when i.id = debit then company_amount else credit_company_amount end), 0) as company
       from records.allocation where status = 'applied' and i.id in (debit, credit)) a on true
     where i.allocated <> a.amount or i.allocated > i.amount or i.allocated < 0 or i.company_allocated <> a.company
        or (i.status = 'settled' and i.company_allocated <> i.company_amount)
        or i.balance <> case when i.status = 'void' then 0 when i.side = 'debit' then i.amount - i.allocated else i.allocated - i.amount end`,
  ],
  'a posted entry does not balance, or says another total': [
    'accounting',
    `select e.id from records.journal_entry e join lateral (select sum(debit) as debit, sum(credit) as credit from records.journal_line where parent_id = e.id) l on true
     where e.status = 'posted' and (l.debit <> l.credit or l.debit <> e.total)`,
  ],
  'the balance of an account in a period is not what was posted there': [
    'accounting',
    `select b.id from records.account_balance b full join (select account, period, sum(debit) as debit, sum(credit) as credit from records.journal_line where date is not null group by 1, 2) l
       on l.account = b.account and l.period = b.period
     where coalesce(b.debit, 0) <> coalesce(l.debit, 0) or coalesce(b.credit, 0) <> coalesce(l.credit, 0)`,
  ],
  'a number of an entry is missing or double': [
    'accounting',
    `select left(number, 7) from records.journal_entry where number is not null group by company_id, 1
     having count(distinct number) <> count(*) or max(right(number, 6)::int) <> count(*)`,
  ],
  'a number is missing or double': [
    'invoices',
    `select left(number, 8) from records.invoice where number is not null group by company_id, 1
     having count(distinct number) <> count(*) or max(right(number, 5)::int) <> count(*)`,
  ],
};

/** What must hold after every scenario (DOMAIN: what must always hold), by SQL over the databases. */
export async function assertBooks(installation: Installation): Promise<void> {
  for (const [meaning, [service, sql]] of Object.entries(NEVER)) assert.deepEqual(await ask(installation, service, sql), [], meaning);
  await assertReceivables(installation);
  await assertPosted(installation);
  await assertAgreement(installation);
  const { body } = await installation.admin.get('/api/accounting/chains/journal_entry');
  assert.equal(body.fault, null, 'the chain of entries is broken');
}

/** Days on which the books are held against the open items. */
const DAYS_MAX = 6;

/** The product's own check of receivables, as of days on which something was posted and today, finds nothing. */
async function assertAgreement(installation: Installation): Promise<void> {
  const sql = `select distinct date::text as day from records.journal_line where date is not null order by 1 desc limit ${DAYS_MAX}`;
  const days = (await ask(installation, 'accounting', sql)).map(({ day }) => String(day));
  for (const asOf of [undefined, ...days]) {
    const { body } = await installation.admin.post('/api/accounting/receivables-checks/actions/check-receivables', { asOf });
    const check = (await installation.admin.get(`/api/accounting/receivables-checks/${body.created?.[0]?.id}`)).body;
    assert.deepEqual(
      [check.status, check.lines],
      ['agrees', []],
      `receivables differ as of ${asOf ?? 'today'}: ${JSON.stringify([body, check])}`,
    );
  }
}

/** Nothing waits to be posted any more. */
async function assertPosted(installation: Installation): Promise<void> {
  const waiting = () =>
    ask(installation, 'accounting', `select event, reason, detail from records.posting where status = 'waiting' and deleted_at is null`);
  await eventually('all is posted', async () => (await waiting()).length === 0).catch(() => undefined);
  assert.deepEqual(await waiting(), [], 'something waits to be posted');
}

/** What several services say of what is owed, and what the open items say. */
const RECEIVABLES = [
  [
    'what is outstanding of an invoice is not what its open item says',
    ['invoices', `select id, outstanding::text as owed from records.invoice where status not in ('draft', 'cancelled')`],
    ['payments', `select id, balance::text as owed from records.open_item where kind = 'invoice'`],
  ],
  [
    'the receivables of a customer are not what the open items add up to',
    ['orders', 'select customer as id, receivables::text as owed from records.credit_account where receivables <> 0'],
    [
      'payments',
      `select customer as id, sum(balance * exchange_rate)::text as owed from records.open_item group by 1 having sum(balance * exchange_rate) <> 0`,
    ],
  ],
] as const;

/** Holds them against each other, as soon as what is under way has arrived. */
async function assertReceivables(installation: Installation): Promise<void> {
  for (const [meaning, ...sides] of RECEIVABLES) {
    const look = () => Promise.all(sides.map(async ([service, sql]) => sums(await ask(installation, service, sql))));
    await eventually(meaning, async () => isDeepStrictEqual(...pairOf(await look()))).catch(() => undefined);
    const [said, counted] = await look();
    assert.deepEqual(said, counted, meaning);
  }
}

function pairOf([one, other]: readonly unknown[]): [unknown, unknown] {
  return [one, other];
}

function sums(rows: readonly Record<string, unknown>[]): Readonly<Record<string, number>> {
  return Object.fromEntries(rows.map(({ id, owed }) => [String(id), Number(owed)] as const).toSorted(([a], [b]) => a.localeCompare(b)));
}
