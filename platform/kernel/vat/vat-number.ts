import { checkVAT, countries } from 'jsvat';

/** Greece writes EL where ISO says GR; Northern Ireland has numbers of the United Kingdom under XI. */
const WRITTEN_AS: Readonly<Record<string, string>> = { GR: 'EL', XI: 'GB' };

/** Belgium has given out numbers that begin with 1 since 2023; the last two digits are 97 less the remainder of the others. */
const NEW_BELGIAN = /^BE(1\d{7})(\d{2})$/;

/** A number without what people put between its digits, its letters in upper case. */
export function vatNumberAsWritten(typed: string): string {
  const compact = typed.replaceAll(/[\s.\-/]/g, '').toUpperCase();
  return compact.startsWith('GR') ? `EL${compact.slice(2)}` : compact;
}

/**
 * What is wrong with a VAT number, as far as its country's form and check digits tell; null when nothing is. Countries whose rule is not
 * known are taken as they are. Whether a number that could be right was ever given out only its country can say.
 */
export function vatNumberFault(number: string): 'country' | 'format' | 'check' | null {
  const country = /^[A-Z]{2}/.exec(number)?.[0];
  if (country === undefined) return 'country';
  const belgian = NEW_BELGIAN.exec(number);
  if (belgian) return 97 - (Number(belgian[1]) % 97) === Number(belgian[2]) ? null : 'check';
  const { isSupportedCountry, isValidFormat, isValid } = checkVAT((WRITTEN_AS[country] ?? country) + number.slice(2), countries);
  if (!isSupportedCountry) return /^[A-Z0-9+*]{4,20}$/.test(number) ? null : 'format';
  if (!isValidFormat) return 'format';
  return isValid ? null : 'check';
}
