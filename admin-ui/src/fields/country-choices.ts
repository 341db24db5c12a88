import { COUNTRY_CODES } from './country-codes.ts';
import type { PartChoice } from './parts-input.tsx';

const known = new Map<string, readonly PartChoice[]>();

/** All countries in the reader's language and order. Worked out once: naming them takes a moment. */
export function countryChoices(language: string): readonly PartChoice[] {
  const choices =
    known.get(language) ??
    COUNTRY_CODES.map((value) => ({ value, label: countryName(value, language) })).toSorted((left, right) =>
      left.label.localeCompare(right.label, language),
    );
  known.set(language, choices);
  return choices;
}

/** The name of a country in the reader's language; its code where that is none. */
export function countryName(code: string, language: string): string {
  return /^[A-Z]{2}$/.test(code) ? (new Intl.DisplayNames([language], { type: 'region' }).of(code) ?? code) : code;
}
