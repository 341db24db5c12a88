import { VAT_RATES } from '#metadata/vat-rates.gen.ts';
import { vatHook } from '#platform/kernel/vat/vat-hook.ts';

/** VAT of the lines of an offer, from seller, customer, products and date; decided again until it is submitted. */
export const decideVat = vatHook({
  object: 'offer',
  rates: VAT_RATES,
  isOpen: (before) => before['status'] === 'draft',
});
