import { isList } from '#platform/kernel/json.ts';
import type { FieldDefinition } from '#platform/kernel/model.ts';
import type { TableRow } from './csv-file.ts';
import type { Reading } from './import-row.ts';
import { cellValue } from './import-values.ts';

/** Texts that rows have for fields of options and that no option is called, by the field's API name, as they first stand. */
export type NoOptions = { readonly [key: string]: readonly string[] };

/** Of one field no more are told: a column of free text is no list of options. */
const TOLD_MOST = 100;
const CHARACTERS_MOST = 200;

/** What cells of these rows name that is no option of their field. */
export function noOptionsIn({ schema, object, input }: Omit<Reading, 'references'>, rows: readonly TableRow[]): NoOptions {
  const fields = schema.fieldsOf(object).byApiName;
  const found = input.columns.flatMap((column, at): readonly (readonly [string, readonly string[]])[] => {
    const field = column && fields.get(column.key);
    if (!column || !field?.options || field.type === 'status') return [];
    const texts = new Set(rows.map(({ cells }) => (cells[at] ?? '').trim()));
    const unknown = [...texts].flatMap((text) => (text === '' ? [] : unknownIn(field, cellValue(field, text, input.style))));
    return unknown.length === 0 ? [] : [[column.key, told(unknown)]];
  });
  return Object.fromEntries(found);
}

/** Both together. */
export function noOptionsOf(before: NoOptions, more: NoOptions): NoOptions {
  const all = Object.entries(more).map(([key, texts]) => [key, told([...(before[key] ?? []), ...texts])] as const);
  return { ...before, ...Object.fromEntries(all) };
}

function told(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].slice(0, TOLD_MOST);
}

function unknownIn(field: FieldDefinition, value: unknown): readonly string[] {
  const known = new Set(field.options?.map(({ key }) => key));
  const named = isList(value) ? value : [value];
  return named.filter((one) => typeof one === 'string').filter((one) => one !== '' && one.length <= CHARACTERS_MOST && !known.has(one));
}
