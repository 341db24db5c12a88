import type { TaxRate } from '#metadata/records.gen.ts';
import { exact } from '#platform/kernel/decimal.ts';
import { faultAt, invalidValues, type FieldError } from '#platform/kernel/errors.ts';
import type { Sentence } from '#platform/kernel/sentence.ts';

/** Refuses a rate that ends before it begins, and one that its category does not have: `invalid_value` at the field. */
export function refuseWrongRate({ percent, vatCategory, validFrom, validUntil }: TaxRate): void {
  const isZero = exact(percent).isZero();
  const errors: readonly (FieldError | null)[] = [
    endsBefore({ validFrom, validUntil: validUntil ?? null }),
    vatCategory === 'S' && isZero
      ? fault('percent', {
          en: 'A standard rated supply has a rate above 0. For 0 % choose the category “Zero rate”.',
          de: 'Ein steuerpflichtiger Umsatz hat einen Satz über 0. Wählen Sie für 0 % die Kategorie „Nullsatz“.',
        })
      : null,
    vatCategory === 'Z' && !isZero ? fault('percent', { en: 'A zero rate is 0 %.', de: 'Ein Nullsatz ist 0 %.' }) : null,
  ];
  refuse(errors);
}

/** What is wrong with a stretch of days. */
export function endsBefore({
  validFrom,
  validUntil,
}: {
  readonly validFrom: string | null;
  readonly validUntil: string | null;
}): FieldError | null {
  if (!validFrom || !validUntil || validUntil >= validFrom) return null;
  return fault('validUntil', {
    en: `It would end before it begins, on ${validFrom}.`,
    de: `Die Gültigkeit würde vor ihrem Beginn am ${validFrom} enden.`,
  });
}

/** Throws what is wrong with the values, if anything is. */
export function refuse(errors: readonly (FieldError | null)[]): void {
  const found = errors.filter((error) => error !== null);
  if (found.length > 0) throw invalidValues(found);
}

/** A value that does not go with the others. */
export function fault(field: string, sentence: Sentence): FieldError {
  return faultAt({ pointer: `/${field}`, field, rule: 'vat' }, sentence);
}
