import { VAT_RATES } from '#metadata/vat-rates.gen.ts';
import { vatHook } from '#platform/kernel/vat/vat-hook.ts';
import { isOpen } from '../rules/open.ts';

/** VAT of the lines of an offer, from seller, customer, products and date; decided again while it is open. */
export const decideVat = vatHook({
  object: 'offer',
  rates: VAT_RATES,
  isOpen: (before, draft) => isOpen({ status: before['status'] }, { status: draft['status'] }),
});
