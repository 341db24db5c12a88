import { VAT_RATES } from '#metadata/vat-rates.gen.ts';
import { vatHook } from '#platform/kernel/vat/vat-hook.ts';

/** VAT of the lines of an order, from seller, customer, products and day of delivery; decided again until it is confirmed. */
export const decideVat = vatHook({
  object: 'order',
  rates: VAT_RATES,
  isOpen: (before) => !before['confirmedAt'],
});
