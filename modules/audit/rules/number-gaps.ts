/** A number of a document, and whose series it is of. */
export type Numbered = { readonly number: string; readonly companyId: string | null };

/** Numbers that are missing between others of their series, from one to the other, as they would be written. */
export type Gap = { readonly companyId: string | null; readonly from: string; readonly to: string };

const NUMBER = /^(.*?)(\d+)$/;

/** The gaps in series of numbers: what is before the last digits tells a series, and with it its year. */
export function numberGaps(documents: readonly Numbered[]): readonly Gap[] {
  const series = new Map<string, { companyId: string | null; prefix: string; width: number; numbers: number[] }>();
  for (const { number, companyId } of documents) {
    const [, prefix = '', digits] = NUMBER.exec(number) ?? [];
    if (digits === undefined) continue;
    const key = `${companyId ?? ''} ${prefix}`;
    const known = series.get(key) ?? { companyId, prefix, width: digits.length, numbers: [] };
    known.numbers.push(Number(digits));
    series.set(key, known);
  }
  return [...series.values()].flatMap(({ companyId, prefix, width, numbers }) => {
    const sorted = numbers.toSorted((a, b) => a - b);
    const written = (value: number): string => `${prefix}${String(value).padStart(width, '0')}`;
    return sorted.flatMap((value, index) => {
      const before = sorted[index - 1];
      return before === undefined || value <= before + 1 ? [] : [{ companyId, from: written(before + 1), to: written(value - 1) }];
    });
  });
}
