import type { Allocation, OpenItem, Payment } from '#metadata/records.gen.ts';
import { exact, type Exact } from '#platform/kernel/decimal.ts';
import type { Work } from '#platform/kernel/module.ts';
import { toCurrency } from '#platform/kernel/money/currency.ts';
import { openOf } from '../rules/open-amount.ts';
import { settle } from './settle.ts';
import { takeBack } from './take-back.ts';

/** What a document took out of which item that the payment had settled; decimal strings in the item's currency. */
export type Reopened = readonly { readonly itemId: string; readonly amount: string }[];

type How = { readonly date: string; readonly reason: string; readonly otherCredits: boolean };

/**
 * Settles money that went back to a customer against what stands in their favour: what is left of its payment; then, with `otherCredits`, their
 * credit notes and other payments in this currency; then what the payment had settled, the newest first, which is owed again. Answers what was reopened.
 */
export async function settleGivenBack(work: Work, debitId: string, payment: Payment, how: How): Promise<Reopened> {
  const own = await work.lock<OpenItem>('open_item', payment.id);
  const others = how.otherCredits ? await creditsOf(work, own) : [];
  let debit = await work.lock<OpenItem>('open_item', debitId);
  for (const credit of [own, ...others]) debit = await settleAsFar(work, { debit, credit }, how.date);
  const reopened: { itemId: string; amount: string }[] = [];
  for (const allocation of await newestOf(work, payment)) {
    if (openOf(debit).isZero()) break;
    const { debit: now, lost } = await takeFrom(work, allocation, { debit, payment, how });
    debit = now;
    if (lost.gt(0)) reopened.push({ itemId: allocation.debitId, amount: toCurrency(lost, allocation.currency) });
  }
  return reopened;
}

/** Takes an allocation of the payment back, settles as much as the debit needs, and what is left settles what it had settled again. */
async function takeFrom(
  work: Work,
  { id }: Allocation,
  { debit, payment, how }: { debit: OpenItem; payment: Payment; how: How },
): Promise<{ debit: OpenItem; lost: Exact }> {
  const allocation = await work.lock<Allocation>('allocation', id);
  if (allocation.status !== 'applied') return { debit, lost: exact(0) };
  await work.save('allocation', { id, status: 'undone', ...(await takeBack(work, allocation, how.reason)) });
  const credit = await work.lock<OpenItem>('open_item', payment.id);
  const now = await settleAsFar(work, { debit, credit }, how.date);
  const rest = await work.lock<OpenItem>('open_item', payment.id);
  const before = await work.lock<OpenItem>('open_item', allocation.debitId);
  // What is in another currency is not settled again by a part: nobody said at which rate.
  const again = before.currency === rest.currency ? least(openOf(rest), exact(allocation.amount)) : exact(0);
  if (again.gt(0)) await settle(work, { debit: before, credit: rest }, { amount: again, date: how.date });
  return { debit: now, lost: exact(allocation.amount).minus(again) };
}

async function settleAsFar(work: Work, { debit, credit }: { debit: OpenItem; credit: OpenItem }, date: string): Promise<OpenItem> {
  const amount = least(openOf(debit), openOf(credit));
  return amount.gt(0) && debit.currency === credit.currency ? (await settle(work, { debit, credit }, { amount, date })).debit : debit;
}

async function creditsOf(work: Work, { id, customerId, companyId, currency }: OpenItem): Promise<readonly OpenItem[]> {
  const filter = { customerId, companyId: companyId ?? { isNull: true }, currency, side: 'credit', status: 'open', id: { ne: id } };
  const found = await work.query<OpenItem>('open_item', { filter, fields: 'id,kind', sort: 'date', limit: 100 });
  const locked: OpenItem[] = [];
  // Credit notes first: a refund is mostly theirs. Locked by id, as whoever else locks several.
  for (const { id: creditId } of found.toSorted((a, b) => a.id.localeCompare(b.id)))
    locked.push(await work.lock<OpenItem>('open_item', creditId));
  return locked.toSorted((a, b) => Number(b.kind === 'creditNote') - Number(a.kind === 'creditNote'));
}

async function newestOf(work: Work, { id }: Payment): Promise<readonly Allocation[]> {
  const filter = { creditId: id, status: 'applied', 'debit.kind': 'invoice' };
  return work.query<Allocation>('allocation', { filter, sort: '-createdAt', limit: 500 });
}

function least(one: Exact, other: Exact): Exact {
  return one.lt(other) ? one : other;
}
