import { shown } from '#platform/data/names.ts';
import type { Query } from '#platform/data/save/load.ts';
import type { Caller } from '#platform/kernel/caller.ts';
import { faultAt, invalidValues, Refusal, type FieldError } from '#platform/kernel/errors.ts';
import { isRecord } from '#platform/kernel/is-record.ts';
import type { FieldDefinition, ObjectDefinition } from '#platform/kernel/model.ts';
import type { RecordValues } from '#platform/kernel/module.ts';
import { sentence } from '#platform/kernel/sentence.ts';
import type { SchemaIndex } from '#platform/metadata/schema-index.ts';
import type { TableRow } from './csv-file.ts';
import type { ImportInput } from './import-input.ts';
import { findReferences, type References } from './import-references.ts';
import { cellValue } from './import-values.ts';

/** What is told of a row that was refused: where, why, in words that screens can say in another language, and its cells. */
export type Told = Pick<FieldError, 'message' | 'label' | 'limit' | 'sentence'> & {
  readonly row: number;
  readonly column: string | null;
  /** Of a value: the check that said no. Of a whole row: the code of the refusal. */
  readonly rule?: string;
  readonly code?: string;
  readonly cells: readonly string[];
};

/** What the cells of a row are read with. */
export type Reading = {
  readonly schema: SchemaIndex;
  readonly object: ObjectDefinition;
  readonly input: ImportInput;
  readonly references: References;
};

/** The values of a row. An empty cell says nothing: a default stays the default, and what is there stays. Refuses names that lead nowhere. */
export function valuesOf({ schema, object, input, references }: Reading, cells: readonly string[]): RecordValues {
  refuseMore(input, cells);
  const fields = schema.fieldsOf(object).byApiName;
  const values: { [key: string]: unknown } = {};
  const errors: FieldError[] = [];
  for (const [at, column] of input.columns.entries()) {
    const text = cells[at] ?? '';
    const field = column && fields.get(column.key);
    if (!field || text.trim() === '') continue;
    const { key, part } = column;
    const reference = references.get(field.id)?.get(text.trim());
    if (reference && 'problem' in reference) errors.push(faultAt({ pointer: `/${key}`, field: key, rule: 'reference' }, reference.problem));
    else if (reference) values[key] = reference.id;
    else values[key] = part === undefined ? cellValue(field, text, input.style) : withPart(values[key], part, text);
  }
  if (errors.length > 0) throw invalidValues(errors);
  return values;
}

/** What stands behind the last column of a text has come there by a separator in the midst of a cell, and all cells behind it stand wrong. */
function refuseMore({ form, columns }: ImportInput, cells: readonly string[]): void {
  if (form.kind !== 'csv' || cells.length <= columns.length) return;
  const more = cells.slice(columns.length).find((cell) => cell.trim() !== '');
  if (more === undefined) return;
  const said = sentence(
    () => `The row has more cells than the file has columns: "${shown(more)}". A cell with the separator in it needs quotation marks.`,
    () =>
      `Die Zeile hat mehr Zellen, als die Datei Spalten hat: „${shown(more)}“. Eine Zelle mit dem Trennzeichen darin braucht Anführungszeichen.`,
  );
  throw new Refusal('invalid_value', said);
}

function withPart(whole: unknown, part: string, text: string): RecordValues {
  return { ...(isRecord(whole) ? whole : {}), [part]: text };
}

/** A refusal as it is told: one entry for each column that it names, else one for the whole row. */
export function toldOf(input: ImportInput, { row, cells }: TableRow, refusal: Refusal): readonly Told[] {
  const told = refusal.details.errors?.map(({ pointer, field, line: _line, ...said }): Told => {
    const key = pointer.split('/')[1] ?? field;
    return { row, column: input.columns.find((column) => column?.key === key)?.header ?? null, ...said, cells };
  });
  if (told && told.length > 0) return told;
  const { code, message, sentence: both } = refusal;
  return [{ row, column: null, code, message, ...(both ? { sentence: both } : {}), cells }];
}

/** What the cells of rows mean that name records of other objects. */
export function referencesOf(
  at: Omit<Reading, 'references'> & { readonly caller: Caller; readonly query: Query },
  rows: readonly TableRow[],
): Promise<References> {
  const fields = at.schema.fieldsOf(at.object).byApiName;
  const referring = at.input.columns.flatMap((column, position) => {
    const field = column && fields.get(column.key);
    return field && isReference(field) ? [{ field, texts: rows.map(({ cells }) => cells[position] ?? '') }] : [];
  });
  return findReferences({ scope: { schema: at.schema, permissions: at.caller.permissions }, query: at.query }, referring);
}

function isReference({ type }: FieldDefinition): boolean {
  return type === 'lookup' || type === 'user';
}
