import type { Address, Customer } from '#metadata/records.gen.ts';
import { faultAt, invalidValues } from '#platform/kernel/errors.ts';

/** The two places that documents take from a customer, and the reference that says which of its addresses each is. */
export const PLACES = [
  {
    kind: 'billing',
    value: 'billingAddress',
    reference: 'defaultBillingAddressId',
    label: { en: 'Default billing address', de: 'Standard-Rechnungsadresse' },
  },
  {
    kind: 'shipping',
    value: 'shippingAddress',
    reference: 'defaultShippingAddressId',
    label: { en: 'Default shipping address', de: 'Standard-Lieferadresse' },
  },
] as const;

/**
 * The billing and shipping address of a customer that has chosen defaults among its addresses: they are what stands there. Where none is
 * chosen, what was typed stays. Refused is an address of somebody else.
 */
export function placesOf(customer: Customer, addresses: readonly Address[]): Partial<Customer> {
  const taken = PLACES.flatMap((place) => {
    const chosen = addresses.find(({ id }) => id === customer[place.reference]);
    if (!chosen) return [];
    if (chosen.customerId !== customer.id) throw ofAnother(place);
    return [[place.value, chosen.address ?? null] as const];
  });
  return Object.fromEntries(taken);
}

/** Which addresses a customer takes as its defaults because it has nothing else: the first one of a kind. */
export function firstDefaults(customer: Customer, addresses: readonly Address[]): Partial<Customer> {
  const taken = PLACES.flatMap((place) => {
    if (customer[place.reference] || customer[place.value]) return [];
    const first = addresses.find(({ kind }) => kind === place.kind);
    return first ? [[place.reference, first.id] as const] : [];
  });
  return Object.fromEntries(taken);
}

function ofAnother({ reference, label }: (typeof PLACES)[number]): Error {
  const at = { pointer: `/${reference}`, field: reference, rule: 'ownAddress' };
  return invalidValues([
    faultAt(at, {
      en: `${label.en}: choose one of this customer's own addresses.`,
      de: `${label.de}: Wählen Sie eine der Adressen dieses Kunden.`,
    }),
  ]);
}

/** What of a merge does not reach the places of the customer that stays: one that was typed is not replaced by a default of the other's, unless that is asked for. */
export function keptPlaces(customer: Customer, take: readonly string[]): Partial<Customer> {
  const kept = PLACES.filter(({ value, reference }) => Boolean(customer[value]) && !customer[reference] && !take.includes(reference));
  return Object.fromEntries(kept.map(({ reference }) => [reference, null]));
}
