import assert from 'node:assert/strict';
import { SERVICES } from '#platform/kernel/services.ts';
import { ask } from './books.ts';
import { eventually } from './eventually.ts';
import type { Installation } from './installation.ts';

const STATE = [
  [
    'orders',
    `select o.number, o.status, l.quantity, l.reserved, l.delivery_claimed, l.delivered, l.returned, l.invoice_claimed, l.invoiced, o.open_amount
    from records."order" o join records.order_line l on l.parent_id = o.id order by o.number, l.position`,
  ],
  ['orders', 'select on_hand, reserved, available, value from records.stock_item order by on_hand'],
  ['orders', 'select open_orders, receivables from records.credit_account'],
  ['offers', 'select number, status, "order" is not null as linked from records.offer order by number'],
  [
    'delivery_notes',
    `select n.number, n.status, n.percent_invoiced, l.quantity, l.returned, l.invoiced
    from records.delivery_note n join records.delivery_note_line l on l.parent_id = n.id order by n.number, l.position`,
  ],
  [
    'delivery_notes',
    `select r.number, r.status, r.percent_credited, l.quantity, l.condition from records.return_note r
    join records.return_note_line l on l.parent_id = r.id order by r.number, l.position`,
  ],
  [
    'invoices',
    'select number, status, kind, net_total, tax_total, gross_total, credited_total, outstanding, written_off_total from records.invoice order by number',
  ],
  [
    'invoices',
    'select number, dunning_level, overdue_since is not null as overdue, interest_until is not null as charged from records.invoice order by number',
  ],
  ['invoices', 'select number, status, level, outstanding, interest, fee, total from records.dunning_notice order by number'],
  [
    'invoices',
    `select r.number, r.status, r.percent_done, l.overdue, l.interest, l.result from records.dunning_run r
    join records.dunning_run_line l on l.parent_id = r.id order by r.number, l.position`,
  ],
  [
    'payments',
    'select reference, kind, status, amount, allocated, balance from records.open_item order by reference, kind, status, amount',
  ],
  [
    'payments',
    `select d.reference as debit, c.reference as credit, c.kind, a.amount, a.status, a.company_amount from records.allocation a
    join records.open_item d on d.id = a.debit join records.open_item c on c.id = a.credit order by 1, 2, 3, 4, 5`,
  ],
  [
    'accounting',
    `select a.code, sum(coalesce(l.debit, 0)) as debit, sum(coalesce(l.credit, 0)) as credit
    from records.journal_line l join records.account a on a.id = l.account where l.date is not null group by 1 order by 1`,
  ],
  ['crm', 'select number, status, customer is not null as known, opportunity is not null as sold from records.lead order by number'],
  ['crm', 'select number, status, amount, weighted_amount, offer is not null as offered from records.opportunity order by number'],
] as const;

/** Holds what every service says against what it is expected to say in the end, as soon as what is under way has arrived. */
export async function assertState(installation: Installation, expected: unknown, withinSeconds = 15): Promise<void> {
  const same = async (): Promise<boolean> => JSON.stringify(await stateOf(installation)) === JSON.stringify(expected);
  await eventually('the same state', same, withinSeconds).catch(() => undefined);
  assert.deepEqual(await stateOf(installation), expected);
}

/** No service has given up an event. */
export async function assertHandled(installation: Installation): Promise<void> {
  const dead = await Promise.all(SERVICES.map(({ database }) => ask(installation, database, 'select reason from platform.dead_letter')));
  assert.deepEqual(dead.flat(), []);
}

/** What every service says in the end: the state of the documents and what was counted, without ids and times. */
export async function stateOf(installation: Installation): Promise<unknown> {
  const tables = await Promise.all(STATE.map(([service, sql]) => ask(installation, service, sql)));
  return [...tables, await reportsOf(installation)];
}

/** What the reports say of all customers' debts, without ids. */
async function reportsOf({ admin }: Installation): Promise<unknown> {
  const { items } = (await admin.get('/api/customers/customers?limit=1&sort=number')).body;
  const reports = ['receivables-ageing?asOf=2099-12-31', `statement-of-account?from=2000-01-01&to=2099-12-31&customerId=${items[0].id}`];
  const rows = await Promise.all(reports.map(async (path) => (await admin.get(`/api/payments/reports/${path}`)).body.rows));
  return rows.map((some) =>
    some?.map(({ row: _leadsTo, customerId: _customer, ...row }: Record<string, unknown>) => JSON.stringify(row)).toSorted(),
  );
}
