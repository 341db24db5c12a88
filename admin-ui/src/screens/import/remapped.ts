import { apiName, type BusinessObject } from '#admin-ui/src/api/metadata.ts';
import type { Chosen, ImportOptions } from './import-api.ts';

const NUMBERS: readonly string[] = ['numeric', 'bigint', 'integer'];
const DAYS: readonly string[] = ['date', 'timestamp'];

/** The options when a column is for another field: rows find their records by columns that are there, and its cells say how numbers or days are written. */
export function remapped(
  object: Pick<BusinessObject, 'fields'>,
  { preview, options }: Pick<Chosen, 'preview' | 'options'>,
  { at, name }: { readonly at: number; readonly name: string },
): Pick<ImportOptions, 'mapping' | 'by' | 'decimalComma' | 'germanDates'> {
  const mapping = options.mapping.map((known, position) => (position === at ? name : known));
  const by = options.by !== null && mapping.includes(options.by) ? options.by : null;
  const storage = object.fields.find((field) => apiName(field) === name)?.storage ?? 'none';
  const column = preview.columns[at];
  return {
    mapping,
    by,
    decimalComma: options.decimalComma || (NUMBERS.includes(storage) && column?.decimalComma === true),
    germanDates: options.germanDates || (DAYS.includes(storage) && column?.germanDates === true),
  };
}
