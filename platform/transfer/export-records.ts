import { stringify } from 'csv-stringify/sync';
import { readableFields } from '#platform/data/names.ts';
import { streamRecords } from '#platform/data/read/list.ts';
import type { ListQuery } from '#platform/data/read/query.ts';
import { scopeOf, type ReadSource } from '#platform/data/read/source.ts';
import { isRecord } from '#platform/kernel/is-record.ts';
import { parseObject, plainText } from '#platform/kernel/json.ts';
import type { ObjectDefinition } from '#platform/kernel/model.ts';
import { apiNameOf } from '#platform/metadata/schema-index.ts';

/** The formats in which records leave. */
export const EXPORT_FORMATS = ['csv', 'json'] as const;

/** One of them. */
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** All that a query matches as text, a batch of records at a time: no more than one batch is ever held. */
export function exportRecords(
  source: ReadSource,
  object: ObjectDefinition,
  query: ListQuery,
  format: ExportFormat,
): AsyncGenerator<string> {
  return format === 'json' ? jsonText(source, object, query) : csvText(source, object, query);
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
  yield `\ufeff${stringify([[...columns]], { record_delimiter: 'windows' })}`;
  for await (const batch of streamRecords(source, object, { ...query, fields: columns })) {
    const rows = batch.map((text) => {
      const record = parseObject(text);
      return columns.map((column) => cellOf(valueAt(record, column.split('.'))));
    });
    yield stringify(rows, { record_delimiter: 'windows' });
  }
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

function cellOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value !== 'object') return harmless(plainText(value));
  const isList = Array.isArray(value) && value.every((element) => typeof element === 'string');
  return harmless(isList ? value.join(',') : JSON.stringify(value));
}

const NUMBER = /^-?\d+(\.\d+)?$/;

/** A spreadsheet takes text that begins like this for a formula; an apostrophe before it makes it text (OWASP, CSV injection). */
function harmless(text: string): string {
  return /^[=+\-@\t\r]/.test(text) && !NUMBER.test(text) ? `'${text}` : text;
}
