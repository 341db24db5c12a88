/** Member states of the European Union by ISO 3166-1 code. (VAT ids of Greece begin with EL.) */
const MEMBERS: ReadonlySet<string> = new Set([
  'AT',
  'BE',
  'BG',
  'CY',
  'CZ',
  'DE',
  'DK',
  'EE',
  'ES',
  'FI',
  'FR',
  'GR',
  'HR',
  'HU',
  'IE',
  'IT',
  'LT',
  'LU',
  'LV',
  'MT',
  'NL',
  'PL',
  'PT',
  'RO',
  'SE',
  'SI',
  'SK',
]);

/** Whether a country belongs to the VAT territory of the Union: a member, or Monaco, which counts as France. */
export function isInUnion(country: string): boolean {
  return MEMBERS.has(vatCountry(country));
}

/** As `isInUnion`, for goods: Northern Ireland (XI) is inside for them alone. */
export function isInUnionForGoods(country: string): boolean {
  return country === 'XI' || isInUnion(country);
}

/** The country whose VAT law holds: Monaco's is France's (article 7 of directive 2006/112/EC). */
export function vatCountry(country: string): string {
  return country === 'MC' ? 'FR' : country;
}
