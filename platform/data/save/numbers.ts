import { Refusal } from '#platform/kernel/errors.ts';
import type { FieldDefinition, ObjectDefinition } from '#platform/kernel/model.ts';
import { sentence } from '#platform/kernel/sentence.ts';
import { perObject } from '#platform/metadata/per-object.ts';
import type { SchemaIndex } from '#platform/metadata/schema-index.ts';
import type { Draft } from './change.ts';
import type { Query } from './load.ts';

const FORMAT_DEFAULT = '{00000}';

const numberedFields = perObject((index, object): readonly FieldDefinition[] =>
  index.fieldsOf(object).all.filter((field) => field.type === 'autoNumber'),
);

/** Gives new records their automatic numbers, where none came with them. They are unique; a refused record leaves a gap. */
export async function drawNumbers(
  query: Query,
  at: { index: SchemaIndex; object: ObjectDefinition },
  records: readonly Draft[],
): Promise<readonly Draft[]> {
  const fields = numberedFields(at.index, at.object);
  if (fields.length === 0) return records;
  const drawn = records.map((values): Draft => ({ ...values }));
  const day = new Date().toISOString().slice(0, 10);
  for (const field of fields) {
    const without = drawn.filter((values) => (values[field.name] ?? null) === null);
    const numbers = without.length === 0 ? [] : await drawRange(query, { series: field.id }, without.length);
    for (const [position, values] of without.entries()) values[field.name] = formatNumber(field, numbers[position] ?? 1, day);
  }
  return drawn;
}

/** Numbers of a series. `day`: that of the document, where the series knows days; `inOrder` refuses one before that of the last number. */
type NumberRange = { readonly series: string; readonly day?: string; readonly inOrder?: boolean };

/**
 * Draws the next numbers of a series from its locked counter row. In the transaction that issues the document the series has no gap:
 * a rollback gives the number back, and others wait for the row until then. Throws Refusal conflict for a day out of order.
 */
export async function drawRange(query: Query, { series, day, inOrder = false }: NumberRange, count: number): Promise<readonly number[]> {
  const [row] = await query({ text: DRAW, values: [series, count, day ?? null, inOrder] });
  if (!row) throw await outOfOrder(query, series);
  const last = Number(row[0]);
  return Array.from({ length: count }, (_, index) => last - count + 1 + index);
}

const DRAW = `insert into platform.number_series as known (series, last, last_day) values ($1, $2, $3::date)
  on conflict (series) do update set last = known.last + $2, last_day = greatest(known.last_day, $3::date)
    where not $4 or known.last_day is null or known.last_day <= $3::date
  returning last`;

async function outOfOrder(query: Query, series: string): Promise<Refusal> {
  const [row] = await query({ text: 'select last_day::text from platform.number_series where series = $1', values: [series] });
  const day = row?.[0] ?? '';
  return new Refusal(
    'conflict',
    sentence(
      () => `Numbers follow the days: the last one was given on ${day}, so the working date is that day or a later one.`,
      () => `Nummern folgen den Tagen: Die letzte wurde am ${day} vergeben, das Arbeitsdatum ist also dieser Tag oder ein späterer.`,
    ),
  );
}

/** The series that a document's number is drawn from: one for each company, and where the number tells the year, for each fiscal year. */
export function seriesOf(field: Pick<FieldDefinition, 'id' | 'format'>, companyId: string | null, year: number): string {
  return `${field.id}|${companyId ?? ''}${telling(field) ? `|${year}` : ''}`;
}

/** Whether a number tells its year. */
export function telling({ format = '' }: Pick<FieldDefinition, 'format'>): boolean {
  return format.includes('{YY');
}

/**
 * Lets a series go on from `next`, and resolves to what was drawn last before, 0 where nothing was. Throws Refusal conflict where that number, or
 * a later one, has been drawn: no number is drawn twice.
 */
export async function goOnFrom(query: Query, series: string, next: number): Promise<number> {
  await query({ text: 'insert into platform.number_series (series, last) values ($1, 0) on conflict do nothing', values: [series] });
  const [row] = await query({ text: 'select last from platform.number_series where series = $1 for update', values: [series] });
  const last = Number(row?.[0] ?? 0);
  if (next <= last)
    throw new Refusal(
      'conflict',
      sentence(
        () => `Number ${last} has been drawn already: the next one is ${last + 1} or a later one.`,
        () => `Nummer ${last} ist schon vergeben: Die nächste ist ${last + 1} oder eine spätere.`,
      ),
    );
  await query({ text: 'update platform.number_series set last = $2 where series = $1', values: [series, next - 1] });
  return last;
}

/** `OF-{YYYY}-{00000}`, 42 and 2026-01-31 make `OF-2026-00042`. `day` gives the year and month. */
export function formatNumber(field: Pick<FieldDefinition, 'format'>, number: number, day: string): string {
  return (field.format ?? FORMAT_DEFAULT)
    .replace(/\{(0+)\}/, (_, zeros: string) => String(number).padStart(zeros.length, '0'))
    .replaceAll('{YYYY}', day.slice(0, 4))
    .replaceAll('{YY}', day.slice(2, 4))
    .replaceAll('{MM}', day.slice(5, 7));
}
