import { VAT_RATES } from '#metadata/vat-rates.gen.ts';
import { vatHook } from '#platform/kernel/vat/vat-hook.ts';

/** VAT of the lines of an invoice that is written freely; what comes from an order has the order’s, what is charged for paying late has none. */
export const decideVat = vatHook({
  object: 'invoice',
  rates: VAT_RATES,
  isOpen: () => true,
  isGiven: (draft) => Boolean(draft['orderId'] ?? draft['dunningNoticeId']) || draft['status'] !== 'draft',
});
