import type { ExchangeRate, OpenItem, Payment } from '#metadata/records.gen.ts';
import { exact, type Exact } from '#platform/kernel/decimal.ts';
import type { Refusal } from '#platform/kernel/errors.ts';
import type { Work } from '#platform/kernel/module.ts';
import { toCurrency } from '#platform/kernel/money/currency.ts';
import { uuidV7 } from '#platform/kernel/uuid.ts';
import { amountToSettle, paired, wrong } from '../rules/allocation.ts';
import type { AllocationLine } from '../rules/allocation-lines.ts';
import { earlyDiscountOf } from '../rules/early-discount.ts';
import { companyCurrencyOf, openOf } from '../rules/open-amount.ts';
import { settle } from './settle.ts';

/** What was made when a payment was allocated, in the words of commands. */
export type Made = readonly { readonly object: string; readonly id: string }[];

/**
 * Settles open items by a payment, line by line, with the early discount that a line grants. The payment must be locked; its own item and the
 * others are locked here, credits before debits and each by id, so that no two that allocate wait for each other.
 */
export async function allocatePayment(work: Work, payment: Payment, lines: readonly AllocationLine[]): Promise<Made> {
  const locked = await lockItems(work, [payment.id, ...lines.map(({ itemId }) => itemId)]);
  const made: { object: string; id: string }[] = [];
  for (const line of lines) {
    const own = locked.get(payment.id);
    const other = locked.get(line.itemId);
    if (!own || !other) throw noItem(line.pointer);
    const settled = await settleLine(work, payment, { line, own, other });
    locked.set(own.id, settled.own);
    made.push(...settled.made);
  }
  return made;
}

type Items = { readonly line: AllocationLine; readonly own: OpenItem; readonly other: OpenItem };

async function settleLine(work: Work, payment: Payment, { line, own, other }: Items): Promise<{ own: OpenItem; made: Made }> {
  const pair = paired(own, other, { pointer: `${line.pointer}/itemId`, field: 'itemId' });
  const at = { pointer: `${line.pointer}/amount`, field: 'amount' };
  const isForeign = own.currency !== other.currency;
  const left = openOf(other).minus(line.discount);
  const most = isForeign || left.lt(openOf(own)) ? left : openOf(own);
  const amount = amountToSettle(isForeign ? [other] : [own, other], line.amount ?? toCurrency(most, other.currency), at);
  const taken = isForeign
    ? amountToSettle([own], await takenOf(work, payment, { line, other, amount }), { pointer: `${line.pointer}/paid`, field: 'paid' })
    : amount;
  const isOwnCredit = own.side === 'credit';
  const how = { amount: isOwnCredit ? amount : taken, creditAmount: isOwnCredit ? taken : amount, date: payment.date };
  const { allocationId, debit, credit } = await settle(work, pair, how);
  const made = [{ object: 'allocation', id: allocationId }];
  const [now, rest] = isOwnCredit ? [credit, debit] : [debit, credit];
  if (line.discount.lte(0)) return { own: now, made };
  return { own: now, made: [...made, ...(await grantDiscount(work, payment, { line, other, rest }))] };
}

/** The discount is an item of its own, settled against the invoice that was paid early. */
async function grantDiscount(
  work: Work,
  payment: Payment,
  { line, other, rest }: { line: AllocationLine; other: OpenItem; rest: OpenItem },
): Promise<Made> {
  const at = { pointer: `${line.pointer}/discount`, field: 'discount' };
  const granted = earlyDiscountOf(other, payment.date).amount;
  if (line.discount.gt(granted))
    throw wrong(at, {
      en: `Paid on ${payment.date}, ${toCurrency(granted, other.currency)} ${other.currency} of early discount can be taken. Write the rest off where you let it go.`,
      de: `Bei Zahlung am ${payment.date} sind ${toCurrency(granted, other.currency)} ${other.currency} Skonto abziehbar. Buchen Sie den Rest aus, wenn Sie darauf verzichten.`,
    });
  const amount = amountToSettle([rest], toCurrency(line.discount, other.currency), at);
  const credit = await work.create<OpenItem>('open_item', uuidV7(), {
    kind: 'discount',
    side: 'credit',
    reference: other.reference ?? null,
    customerId: other.customerId,
    companyId: other.companyId ?? null,
    invoiceId: other.invoiceId ?? null,
    paymentId: payment.id,
    date: payment.date,
    currency: other.currency,
    exchangeRate: other.exchangeRate ?? '1',
    amount: toCurrency(amount, other.currency),
  });
  const { allocationId } = await settle(work, { debit: rest, credit }, { amount, date: payment.date });
  return [
    { object: 'open_item', id: credit.id },
    { object: 'allocation', id: allocationId },
  ];
}

/** What of the payment so much of an item in another currency takes: as it was said, else by the rates of the payment's day. */
async function takenOf(
  work: Work,
  payment: Payment,
  { line, other, amount }: { line: AllocationLine; other: OpenItem; amount: Exact },
): Promise<string> {
  if (line.paid !== null) return line.paid;
  const base = companyCurrencyOf(other);
  const rate = other.currency === base ? '1' : await rateOn(work, { currency: other.currency, base, day: payment.date });
  if (rate === null)
    throw wrong(
      { pointer: `${line.pointer}/paid`, field: 'paid' },
      {
        en: `There is no exchange rate for ${other.currency} on ${payment.date}. Say how much of the payment it takes.`,
        de: `Für ${other.currency} gibt es am ${payment.date} keinen Wechselkurs. Geben Sie an, wie viel der Zahlung dafür genommen wird.`,
      },
    );
  return toCurrency(amount.times(rate).div(payment.exchangeRate ?? '1'), payment.currency ?? base);
}

async function rateOn(work: Work, { currency, base, day }: { currency: string; base: string; day: string }): Promise<string | null> {
  const filter = { currency, baseCurrency: base, validFrom: { lte: day } };
  const [found] = await work.query<ExchangeRate>('exchange_rate', { filter, sort: '-validFrom', limit: 1 });
  return found?.rate && exact(found.rate).gt(0) ? found.rate : null;
}

/** Locks items, credits before debits and each by id. */
export async function lockItems(work: Work, ids: readonly string[]): Promise<Map<string, OpenItem>> {
  const known = await work.query<OpenItem>('open_item', { filter: { id: { in: ids } }, fields: 'id,side', limit: 1000 });
  const ordered = known.toSorted((a, b) => a.side.localeCompare(b.side) || a.id.localeCompare(b.id));
  const locked = new Map<string, OpenItem>();
  for (const { id } of ordered) locked.set(id, await work.lock<OpenItem>('open_item', id));
  return locked;
}

function noItem(pointer: string): Refusal | Error {
  return wrong(
    { pointer: `${pointer}/itemId`, field: 'itemId' },
    { en: 'There is no such open item.', de: 'Diesen offenen Posten gibt es nicht.' },
  );
}
