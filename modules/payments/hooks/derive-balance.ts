import type { Company, OpenItem } from '#metadata/records.gen.ts';
import { defineHook } from '#platform/kernel/module.ts';
import { convert } from '#platform/kernel/money/exchange.ts';
import { derivedOf } from '../rules/open-amount.ts';

/** The balance of an item and whether it is settled follow from its amount and what was allocated of it; what it is in the company's currency from its rate. */
export const deriveBalance = defineHook<OpenItem, { company: readonly Pick<Company, 'currency'>[] }>({
  object: 'open_item',
  name: 'deriveBalance',
  needs: ({ companyAmount, companyId }) =>
    companyId && !companyAmount ? { company: { object: 'company', filter: { id: companyId } } } : {},
  derive: (draft, { company }) => ({
    ...derivedOf(draft),
    ...(draft.companyAmount ? {} : inCompanyCurrency(draft, company?.[0]?.currency)),
  }),
});

/** An item of no company counts in its own currency. */
function inCompanyCurrency(item: OpenItem, known: string | undefined): Pick<OpenItem, 'companyCurrency' | 'companyAmount'> {
  const companyCurrency = known ?? item.currency;
  const rate = known === undefined ? '1' : (item.exchangeRate ?? '1');
  return { companyCurrency, companyAmount: convert(item.amount, { rate, currency: companyCurrency }) };
}
