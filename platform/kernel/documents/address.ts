/** A postal address as records keep it. */
export type PostalAddress = {
  readonly street?: string | null;
  readonly postalCode?: string | null;
  readonly city?: string | null;
  readonly region?: string | null;
  readonly country?: string | null;
};

/** Countries whose letters have the postal code behind the town. */
const CODE_LAST: readonly string[] = ['GB', 'US', 'CA', 'AU', 'NZ', 'IE', 'IN'];

/** The name of a country in a language; its code where it is not known. */
export function countryName(code: string | null | undefined, language: string): string | null {
  if (!code) return null;
  try {
    return new Intl.DisplayNames([language], { type: 'region' }).of(code) ?? code;
  } catch {
    return code;
  }
}

/** The lines of an address on a letter that is sent from `from`: the country only where it is another one. */
export function addressLines(
  address: PostalAddress | null | undefined,
  { from, language }: { readonly from: string | null; readonly language: string },
): readonly string[] {
  if (!address) return [];
  const { street, postalCode, city, region, country } = address;
  const place = CODE_LAST.includes(country ?? '') ? [city, region, postalCode] : [postalCode, city];
  const abroad = country && country !== from ? countryName(country, language)?.toUpperCase() : null;
  return [...(street ?? '').split('\n'), place.filter(Boolean).join(' '), abroad ?? ''].flatMap((line) =>
    line.trim() === '' ? [] : [line.trim()],
  );
}

/** The language of a document: the customer's, else that of the company's country. */
export function documentLanguage(
  customer: { readonly language?: unknown } | undefined,
  company: { readonly country?: unknown } | undefined,
): string {
  if (typeof customer?.language === 'string' && customer.language !== '') return customer.language;
  return ['DE', 'AT', 'CH', 'LI'].includes(String(company?.country)) ? 'de' : 'en';
}
