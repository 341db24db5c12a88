import type { OpenItem } from '#metadata/records.gen.ts';
import { exact, type Exact } from '#platform/kernel/decimal.ts';
import { faultAt, invalidValues } from '#platform/kernel/errors.ts';
import { toCurrency } from '#platform/kernel/money/currency.ts';
import type { Sentence } from '#platform/kernel/sentence.ts';
import { openOf } from './open-amount.ts';

/** What is owed, and what settles it. */
export type Pair = { readonly debit: OpenItem; readonly credit: OpenItem };

/** Where in a request something stands. */
export type At = { readonly pointer: string; readonly field: string };

const ITEM: At = { pointer: '/item', field: 'item' };

/** The two items of an allocation, by their sides. Refuses two of one side, and what is of another customer or company. */
export function paired(one: OpenItem, other: OpenItem, at: At = ITEM): Pair {
  if (one.side === other.side) throw wrong(at, { en: 'Both items are on the same side.', de: 'Beide Posten stehen auf derselben Seite.' });
  if (one.customerId !== other.customerId || (one.companyId ?? null) !== (other.companyId ?? null))
    throw wrong(at, {
      en: 'Items are settled against each other when they are of one customer and one company.',
      de: 'Verrechnet werden Posten desselben Kunden und derselben Firma.',
    });
  return one.side === 'debit' ? { debit: one, credit: other } : { debit: other, credit: one };
}

/** Two items of one currency; only a payment settles what is in another, for it has to be said how much of it that takes. */
export function pairedInCurrency(one: OpenItem, other: OpenItem, at: At = ITEM): Pair {
  if (one.currency !== other.currency)
    throw wrong(at, {
      en: 'The items are in different currencies. Allocate the payment itself, which says how much of it was taken.',
      de: 'Die Posten sind in verschiedenen Währungen. Verrechnen Sie die Zahlung selbst; dort steht, wie viel davon es war.',
    });
  return paired(one, other, at);
}

/** How much is settled: what is asked, else as much as all of the items have open. Refuses more than that, and nothing. */
export function amountToSettle(
  items: readonly OpenItem[],
  asked: string | null | undefined,
  at: At = { pointer: '/amount', field: 'amount' },
): Exact {
  const open = items.map(openOf).reduce((least, each) => (each.lt(least) ? each : least));
  const currency = items[0]?.currency ?? '';
  const amount = asked === null || asked === undefined ? open : exact(toCurrency(asked, currency));
  if (amount.lte(0) || amount.gt(open))
    throw wrong(at, {
      en: `${toCurrency(open, currency)} ${currency} can be settled, not ${toCurrency(amount, currency)}.`,
      de: `${toCurrency(open, currency)} ${currency} lassen sich ausgleichen, nicht ${toCurrency(amount, currency)}.`,
    });
  return amount;
}

/** A refusal that points to its place. */
export function wrong(at: At, sentence: Sentence): Error {
  return invalidValues([faultAt({ ...at, rule: 'allocation' }, sentence)]);
}
