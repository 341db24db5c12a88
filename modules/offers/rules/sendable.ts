import { Refusal } from '#platform/kernel/errors.ts';

/** No new business with a suspended customer: refused with `wrong_state`. What offers know of the customer may be a moment old. */
export function refuseSuspended(customer: { readonly name?: unknown; readonly status?: unknown } | null): void {
  if (customer?.status === 'suspended')
    throw new Refusal('wrong_state', {
      en: `${String(customer.name)} is suspended. Reactivate the customer first, then send the offer again.`,
      de: `${String(customer.name)} ist gesperrt. Reaktivieren Sie zuerst den Kunden, und versenden Sie das Angebot dann noch einmal.`,
    });
}
