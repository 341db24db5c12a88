import type { OpenItem } from '#metadata/records.gen.ts';
import { exact, type Exact } from '#platform/kernel/decimal.ts';
import { faultAt, invalidValues } from '#platform/kernel/errors.ts';
import { toCurrency } from '#platform/kernel/money/currency.ts';
import type { Sentence } from '#platform/kernel/sentence.ts';
import { openOf } from './open-amount.ts';

/** What is owed, and what settles it. */
export type Pair = { readonly debit: OpenItem; readonly credit: OpenItem };

/** The two items of an allocation, by their sides. Refuses two of one side, and what is of another customer, company or currency. */
export function paired(one: OpenItem, other: OpenItem): Pair {
  if (one.side === other.side)
    throw wrong('item', { en: 'Both items are on the same side.', de: 'Beide Posten stehen auf derselben Seite.' });
  const isOfOne =
    one.customerId === other.customerId && (one.companyId ?? null) === (other.companyId ?? null) && one.currency === other.currency;
  if (!isOfOne)
    throw wrong('item', {
      en: 'Items are settled against each other when they are of one customer, one company and one currency.',
      de: 'Verrechnet werden Posten desselben Kunden, derselben Firma und derselben Währung.',
    });
  return one.side === 'debit' ? { debit: one, credit: other } : { debit: other, credit: one };
}

/** How much is settled: what is asked, else as much as all of the items have open. Refuses more than that, and nothing. */
export function amountToSettle(items: readonly OpenItem[], asked: string | null | undefined): Exact {
  const open = items.map(openOf).reduce((least, each) => (each.lt(least) ? each : least));
  const currency = items[0]?.currency ?? '';
  const amount = asked === null || asked === undefined ? open : exact(toCurrency(asked, currency));
  if (amount.lte(0) || amount.gt(open))
    throw wrong('amount', {
      en: `${toCurrency(open, currency)} ${currency} can be settled, not ${toCurrency(amount, currency)}.`,
      de: `${toCurrency(open, currency)} ${currency} lassen sich ausgleichen, nicht ${toCurrency(amount, currency)}.`,
    });
  return amount;
}

function wrong(field: string, sentence: Sentence): Error {
  return invalidValues([faultAt({ pointer: `/${field}`, field, rule: 'allocation' }, sentence)]);
}
