import { stringify } from 'csv-stringify/sync';
import { ownSide, readableFields, resolvePath } from '#platform/data/names.ts';
import { streamRecords } from '#platform/data/read/list.ts';
import type { ListQuery } from '#platform/data/read/query.ts';
import { scopeOf, type ReadSource } from '#platform/data/read/source.ts';
import { Refusal } from '#platform/kernel/errors.ts';
import { fieldType } from '#platform/kernel/field-types/index.ts';
import { isRecord } from '#platform/kernel/is-record.ts';
import { parseObject, plainText } from '#platform/kernel/json.ts';
import type { ObjectDefinition } from '#platform/kernel/model.ts';
import { apiNameOf } from '#platform/metadata/schema-index.ts';
import { CSV_OUT, harmless } from './csv-file.ts';
import { listCell } from './list-cell.ts';
import type { CellKind, SheetColumn } from './xlsx/sheet-xml.ts';
import { workbookBytes } from './xlsx/write-workbook.ts';

/** The formats in which records leave. */
export const EXPORT_FORMATS = ['csv', 'xlsx', 'json'] as const;

/** One of them. */
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** All that a query matches as a file, a batch of records at a time: no more than one batch is ever held. */
export function exportRecords(
  source: ReadSource,
  object: ObjectDefinition,
  query: ListQuery,
  format: ExportFormat,
): AsyncGenerator<string | Uint8Array> {
  if (format === 'json') return jsonText(source, object, query);
  return format === 'xlsx' ? spreadsheet(source, object, query) : csvText(source, object, query);
}

async function* jsonText(source: ReadSource, object: ObjectDefinition, query: ListQuery): AsyncGenerator<string> {
  let separator = '[';
  for await (const batch of streamRecords(source, object, query)) {
    yield `${separator}\n${batch.join(',\n')}`;
    separator = ',';
  }
  yield separator === '[' ? '[]\n' : '\n]\n';
}

/** The columns are the fields that were asked for, else all that the caller may read and that fit into a cell. */
async function* csvText(source: ReadSource, object: ObjectDefinition, query: ListQuery): AsyncGenerator<string> {
  const columns = query.fields ?? cellFields(source, object);
  yield `\ufeff${stringify([[...columns]], CSV_OUT)}`;
  for await (const batch of streamRecords(source, object, { ...query, fields: columns })) {
    const rows = batch.map((text) => valuesOf(text, columns).map((value) => harmless(cellText(value))));
    yield stringify(rows, CSV_OUT);
  }
}

/** The same columns as in CSV, its cells of the types of their fields. The first batch is read before anything is written. */
async function* spreadsheet(source: ReadSource, object: ObjectDefinition, query: ListQuery): AsyncGenerator<Uint8Array> {
  const names = query.fields ?? cellFields(source, object);
  const records = streamRecords(source, object, { ...query, fields: names });
  const first = await records.next();
  const batches = async function* () {
    for (let next = first; !next.done; next = await records.next())
      yield next.value.map((text) => valuesOf(text, names).map((value) => (typeof value === 'boolean' ? value : cellText(value))));
  };
  const columns = names.map((title): SheetColumn => ({ title, kind: kindOf(source, object, title) }));
  yield* workbookBytes({ name: object.pluralLabel.en, columns, batches: batches(), timeZone: source.caller.timeZone });
}

const KINDS: { readonly [storage: string]: CellKind } = {
  integer: 'number',
  bigint: 'number',
  numeric: 'number',
  boolean: 'boolean',
  date: 'date',
  timestamp: 'dateTime',
};

/** What the cells of a column are. A path through rows leads to many values, which are text together. */
function kindOf(source: ReadSource, object: ObjectDefinition, path: string): CellKind {
  try {
    const { field } = resolvePath(scopeOf(source), ownSide(object), path);
    return field.type === 'percent' ? 'percent' : (KINDS[fieldType(field.type).storage] ?? 'text');
  } catch (error) {
    if (error instanceof Refusal) return 'text';
    throw error;
  }
}

function valuesOf(text: string, columns: readonly string[]): readonly unknown[] {
  const record = parseObject(text);
  return columns.map((column) => valueAt(record, column.split('.')));
}

function cellFields(source: ReadSource, object: ObjectDefinition): readonly string[] {
  return readableFields(scopeOf(source), object)
    .filter((field) => field.type !== 'children')
    .map((field) => apiNameOf(field));
}

/** What a path leads to; inside rows, what it leads to in each of them. */
function valueAt(value: unknown, path: readonly string[]): unknown {
  const [name, ...rest] = path;
  if (name === undefined) return value;
  if (Array.isArray(value)) return value.map((row: unknown) => valueAt(row, path));
  return isRecord(value) ? valueAt(value[name], rest) : null;
}

function cellText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value !== 'object') return plainText(value);
  const isList = Array.isArray(value) && value.every((element) => typeof element === 'string');
  return isList ? listCell(value) : JSON.stringify(value);
}
