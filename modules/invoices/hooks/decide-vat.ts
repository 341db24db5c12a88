import { VAT_RATES } from '#metadata/vat-rates.gen.ts';
import { defineHook } from '#platform/kernel/module.ts';
import { basesOf, dayOf, type VatFacts } from '#platform/kernel/vat/record-vat.ts';
import { asSupplied, type SuppliedDocument } from '#platform/kernel/vat/supply-day.ts';
import { refuseMore, vatHook, vatNeeds, vatNeedsMore } from '#platform/kernel/vat/vat-hook.ts';
import { suppliedAmounts } from '../rules/supplied-amounts.ts';

/** VAT of the lines of an invoice that is written freely; what comes from an order has its own hook, what is charged for paying late has none. */
export const decideVat = vatHook({
  object: 'invoice',
  rates: VAT_RATES,
  isOpen: () => true,
  isGiven: (draft) => Boolean(draft['orderId'] ?? draft['dunningNoticeId']) || draft['status'] !== 'draft',
});

/** An invoice from an order has the VAT of the day of supply; its amounts follow where that is not the order's. */
export const followSupply = defineHook<SuppliedDocument, Required<VatFacts>>({
  object: 'invoice',
  name: 'followSupply',
  needs: (draft) => (isOfOrder(draft) ? vatNeeds(draft, daysOf(draft)) : {}),
  needsMore: (draft, facts) => (isOfOrder(draft) ? vatNeedsMore(draft, facts, daysOf(draft)) : {}),
  derive: (draft, facts) => {
    if (!isOfOrder(draft)) return {};
    refuseMore(facts);
    const { lines, isChanged } = asSupplied(draft, { facts, rates: VAT_RATES });
    const vatBasis = basesOf(lines);
    return isChanged ? { ...suppliedAmounts({ ...draft, lines }), vatBasis } : {};
  },
});

/** Of a down payment the VAT is that of its order until the final invoice, which has the day of supply. */
function isOfOrder(draft: SuppliedDocument): boolean {
  return Boolean(draft['orderId'] && draft.orderVatDay) && draft['kind'] !== 'downPayment' && draft['status'] === 'draft';
}

function daysOf(draft: SuppliedDocument): readonly string[] {
  return [dayOf(draft), draft.orderVatDay ?? dayOf(draft)];
}
