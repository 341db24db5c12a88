import { fieldType } from '#platform/kernel/field-types/index.ts';
import type { FieldDefinition, ObjectDefinition } from '#platform/kernel/model.ts';
import type { FilledReport } from '#platform/metadata/filled.ts';
import type { SchemaIndex } from '#platform/metadata/schema-index.ts';
import { identifier } from '../identifier.ts';
import type { Reader } from '../slow-read.ts';
import { tableOf } from './table.ts';

/** A table of so many pages is read as a whole; of a larger one about `looked` pages, spread over it, are. */
const PAGES = { whole: 500, looked: 250 } as const;

/** How many rows of an object have a value in each field that has a column. It reads a bounded number of pages and locks nothing that others wait for. */
export async function filledOf(reader: Reader, index: SchemaIndex, name: string): Promise<FilledReport | null> {
  const object = index.schema.objects.find((one) => one.name === name);
  if (!object) return null;
  const fields = object.fields.filter((field) => fieldType(field.type).storage !== 'none');
  const { pages, rowsAbout } = await sizeOf(reader, object);
  const isEstimate = pages > PAGES.whole;
  const part = isEstimate ? `tablesample system (${((100 * PAGES.looked) / pages).toFixed(6)}) repeatable (1)` : '';
  const living = object.parent === undefined ? 'r.deleted_at is null' : 'true';
  const counts = fields.map((field) => `count(${valueOf(field)}) filter (where ${living})`);
  const [row = []] = await reader.query({
    text: `select ${['count(*)', `count(*) filter (where ${living})`, ...counts].join(', ')} from ${tableOf(object)} r ${part}`,
    values: [],
  });
  const [all = 0, alive = 0, ...filled] = row.map(Number);
  return {
    rows: isEstimate && all > 0 ? Math.round((rowsAbout * alive) / all) : alive,
    isEstimate,
    filled: Object.fromEntries(fields.map(({ id }, at) => [id, alive === 0 ? 0 : (filled[at] ?? 0) / alive])),
    numbers: await numbersOf(reader, object),
  };
}

/** What was drawn last for the object's numbers; the newest years first. */
async function numbersOf(reader: Reader, { fields }: ObjectDefinition): Promise<FilledReport['numbers']> {
  const ids = fields.filter(({ type }) => type === 'autoNumber' || type === 'documentNumber').map(({ id }) => id);
  if (ids.length === 0) return [];
  const rows = await reader.query({
    text: `select split_part(series, '|', 1), nullif(split_part(series, '|', 2), ''), nullif(split_part(series, '|', 3), ''), last
      from platform.number_series where split_part(series, '|', 1) = any($1::text[]) order by 1, 3 desc nulls last, 2 limit 100`,
    values: [ids],
  });
  return rows.map(([field, company, year, last]) => ({
    field: field ?? '',
    company: company ?? null,
    year: year ?? null,
    last: Number(last),
  }));
}

/** Pages as they are now, and rows by PostgreSQL's statistics, which know how many stand on a page. */
export async function sizeOf(reader: Reader, object: ObjectDefinition): Promise<{ pages: number; rowsAbout: number }> {
  const [row] = await reader.query({
    text: `select pg_relation_size(oid) / current_setting('block_size')::integer, reltuples, relpages from pg_class where oid = $1::regclass`,
    values: [tableOf(object)],
  });
  const [pages = 0, rows = 0, known = 0] = (row ?? []).map(Number);
  return { pages, rowsAbout: known > 0 ? (rows / known) * pages : 0 };
}

/** What a row `r` has in the field; null where it has no value: an empty text or list is none. */
export function valueOf({ column, type }: FieldDefinition): string {
  const name = `r.${identifier(column)}`;
  const { storage } = fieldType(type);
  if (storage === 'text') return `nullif(${name}, '')`;
  return storage === 'textArray' || storage === 'uuidArray' ? `nullif(cardinality(${name}), 0)` : name;
}
