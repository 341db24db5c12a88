/** The parts of an address, in the order in which they are asked for. */
export const ADDRESS_PARTS = ['street', 'postalCode', 'city', 'region', 'country'] as const;

/** A value that is made of parts. */
export type Parts = { readonly [part: string]: unknown };

/** The parts of a value; none of one that is missing. */
export function partsOf(value: unknown): Parts {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

/** The value with one part set; without any part that is filled it is no value. */
export function withPart(parts: Parts, part: string, given: unknown): Parts | null {
  const filled = Object.entries({ ...parts, [part]: given }).filter(([, one]) => one !== '' && one !== null && one !== undefined);
  return filled.length === 0 ? null : Object.fromEntries(filled);
}
