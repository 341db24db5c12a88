import type { Allocation, OpenItem } from '#metadata/records.gen.ts';
import { exact } from '#platform/kernel/decimal.ts';
import { isRecord } from '#platform/kernel/is-record.ts';
import { isList, plainText } from '#platform/kernel/json.ts';
import { allocate } from '#platform/kernel/money/allocate.ts';
import { digitsOf } from '#platform/kernel/money/currency.ts';
import type { AgedItem } from './ageing.ts';
import { companyCurrencyOf } from './open-amount.ts';
import type { StatedAllocation } from './statement.ts';

/** An item with what it is in the company's currency. */
export type ValuedItem = AgedItem & Pick<OpenItem, 'companyAmount' | 'companyCurrency'>;

/** An allocation with what it took of both sides in the company's currency. */
export type ValuedAllocation = StatedAllocation & Pick<Allocation, 'companyAmount' | 'creditCompanyAmount'>;

/** An item as the books count it: in the company's currency, its instalments in parts that add up to that. */
export function itemInCompanyCurrency(item: ValuedItem): AgedItem {
  const currency = companyCurrencyOf(item);
  const amount = item.companyAmount ?? item.amount;
  if (currency === item.currency) return item;
  const rows = isList(item.instalments) ? item.instalments.filter(isRecord) : [];
  if (rows.length === 0) return { ...item, currency, amount };
  const parts = allocate(
    amount,
    rows.map((row) => exact(plainText(row['amount']))),
    digitsOf(currency),
  );
  return { ...item, currency, amount, instalments: rows.map((row, at) => ({ ...row, amount: parts[at] ?? '0' })) };
}

/** An allocation as the books count it. */
export function allocationInCompanyCurrency(allocation: ValuedAllocation): StatedAllocation {
  const amount = allocation.companyAmount ?? allocation.amount;
  return { ...allocation, amount, creditAmount: allocation.creditCompanyAmount ?? amount };
}
