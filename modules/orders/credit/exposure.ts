import type { CreditAccount, Customer, Order } from '#metadata/records.gen.ts';
import { exact, plain, type Exact } from '#platform/kernel/decimal.ts';
import { Refusal } from '#platform/kernel/errors.ts';
import type { Work } from '#platform/kernel/module.ts';
import { amountOf, plus } from '../rules/quantity.ts';

/** By how much a customer's exposure changes, in the company's currency. */
export type ExposureChange = { readonly openOrders?: Exact; readonly receivables?: Exact };

/** The account of what a customer owes and has ordered, locked: it has the customer's id, and orders of one customer are confirmed one after the other. */
async function lockAccount(work: Work, customerId: string): Promise<CreditAccount> {
  const id = (await work.survivor(customerId)) ?? customerId;
  await work.create('credit_account', id, { customerId: id });
  const account = await work.lock<CreditAccount>('credit_account', id);
  // Whoever held the lock before may have merged the customer.
  const survivor = await work.survivor(id);
  return survivor === null ? account : lockAccount(work, survivor);
}

/** Adds the account of a customer that was merged to that of the one who stands for it, and closes it. */
export async function mergeAccounts(work: Work, { mergedId, survivorId }: { mergedId: string; survivorId: string }): Promise<void> {
  const known = await work.query<CreditAccount>('credit_account', { filter: { id: mergedId }, limit: 1 });
  const merged = known.length === 0 ? null : await work.lock<CreditAccount>('credit_account', mergedId);
  const into = await work.survivor(mergedId, { object: 'customer', into: survivorId });
  if (!merged || !into) return;
  await work.remove('credit_account', mergedId);
  await changeExposure(work, into, { openOrders: amountOf(merged.openOrders), receivables: amountOf(merged.receivables) });
}

/** Changes what a customer owes or has ordered. */
export async function changeExposure(work: Work, customerId: string, change: ExposureChange): Promise<void> {
  const { openOrders = exact(0), receivables = exact(0) } = change;
  if (openOrders.isZero() && receivables.isZero()) return;
  const account = await lockAccount(work, customerId);
  await work.save('credit_account', {
    id: account.id,
    openOrders: plus(account.openOrders, openOrders),
    receivables: plus(account.receivables, receivables),
  });
}

const BLOCKED = { orders: 'Aufträge', deliveries: 'Lieferungen' } as const;

/** Refuses an order of a customer that is blocked or suspended. */
export async function refuseBlocked(work: Work, customerId: string, what: 'orders' | 'deliveries'): Promise<void> {
  const customer = await work.get<Customer>('customer', customerId);
  const blocks = what === 'orders' ? ['orders', 'deliveries'] : ['deliveries'];
  if (customer?.status === 'suspended')
    throw new Refusal('wrong_state', {
      en: `${customer.name} is suspended: no new ${what}. Reactivate the customer first.`,
      de: `${customer.name} ist gesperrt: keine neuen ${BLOCKED[what]}. Reaktivieren Sie zuerst den Kunden.`,
    });
  if (blocks.includes(customer?.blockLevel ?? 'none'))
    throw new Refusal('wrong_state', {
      en: `${customer?.name ?? 'This customer'} is blocked for ${what}. Lower the block level of the customer first.`,
      de: `${customer?.name ?? 'Dieser Kunde'} ist für ${BLOCKED[what]} gesperrt. Senken Sie zuerst seine Sperrstufe.`,
    });
}

/**
 * Counts what an order is worth against its customer's credit and answers that, in the company's currency. Refused when receivables, open orders
 * and this one exceed the limit, unless that is overridden; the account stays locked until the work is done, so that no two orders use the same credit.
 */
export async function takeCredit(
  work: Work,
  order: Order,
  how: { readonly amount: Exact; readonly isOverridden: boolean },
): Promise<string> {
  const amount = how.amount.times(order.exchangeRate ?? '1');
  const customer = await work.get<Customer>('customer', order.customerId);
  const account = await lockAccount(work, order.customerId);
  const exposure = amountOf(account.openOrders).plus(amountOf(account.receivables)).plus(amount);
  const limit = customer?.creditLimit;
  if (limit && exposure.gt(limit) && !how.isOverridden)
    throw new Refusal(
      'wrong_state',
      {
        en: `The credit limit of ${limit} would be exceeded: ${account.receivables ?? 0} receivables, ${account.openOrders ?? 0} open orders and this one of ${plain(amount)}. Somebody who may confirm over the limit can do it.`,
        de: `Das Kreditlimit von ${limit} würde überschritten: ${account.receivables ?? 0} Forderungen, ${account.openOrders ?? 0} offene Aufträge und dieser über ${plain(amount)}. Wer über dem Limit bestätigen darf, kann es tun.`,
      },
      { extra: { creditLimit: limit, exposure: plain(exposure) } },
    );
  await work.save('credit_account', { id: account.id, openOrders: plus(account.openOrders, amount) });
  return plain(amount);
}

/** Brings what an order counts against the credit to what of it is not invoiced yet. The order must be locked. */
export async function settleCredit(work: Work, order: Order): Promise<void> {
  const open = amountOf(order.openAmount).times(order.exchangeRate ?? '1');
  const change = open.minus(amountOf(order.creditTaken));
  if (change.isZero()) return;
  await changeExposure(work, order.customerId, { openOrders: change });
  await work.save('order', { id: order.id, creditTaken: plain(open) });
}
