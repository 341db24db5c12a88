import { faultAt, Refusal } from '#platform/kernel/errors.ts';
import type { StorageKind } from '#platform/kernel/field-types/field-type.ts';
import { fieldType } from '#platform/kernel/field-types/index.ts';
import { GROUP_UNITS, groupUnit, writtenGroup, type WrittenGroup } from '#platform/kernel/grouping.ts';
import type { FieldDefinition, ObjectDefinition } from '#platform/kernel/model.ts';
import { didYouMean } from '#platform/kernel/nearest.ts';
import { ownSide, resolvePath, shown } from '../names.ts';
import { TEXT_COLLATION } from '../identifier.ts';
import { parseAggregate, type AggregateQuery, type Metric } from './aggregate-query.ts';
import { newBuilder, newJoins, pathExpression, type Builder, type Expression, type Joins } from './builder.ts';
import { filterCondition, type Operand } from './filter.ts';
import { fromWhere, matching } from './matching.ts';
import { compileShape, type Member } from './shape.ts';
import { reading, type ReadSource } from './source.ts';
import { preparedWhenCommon } from './statement-names.ts';
import { ROW } from './table.ts';

/**
 * Groups and figures, as the text of `{"items":[…]}`: one object per group with the grouped fields under the names they were
 * asked by and each metric under its `as`, at most `rowsMax` of them. A group such as `createdAt:month` is the first day of the month. Sums and averages of decimals are strings; counts and sums of whole numbers are numbers.
 */
export function aggregateRecords(source: ReadSource, object: ObjectDefinition, body: unknown, rowsMax?: number): Promise<string> {
  return reading(source, object, async (from, of) => {
    const query = parseAggregate(body, rowsMax);
    const builder = newBuilder(from);
    const joins = newJoins(builder, ROW);
    const outputs = [
      ...query.groupBy.map((name, at) => groupOutput({ builder, joins, object: of }, name, at)),
      ...query.metrics.map((metric) => metricOutput(builder, joins, of, metric)),
    ];
    const byName = new Map(outputs.map((output) => [output.name, output]));
    if (byName.size < outputs.length) throw new Refusal('malformed_request', 'Two columns of the answer have the same name.');
    const conditions = matching(builder, joins, of, {
      deleted: 'no',
      ...(query.filter === undefined ? {} : { filter: query.filter }),
    });
    const select = compileShape(
      outputs.map((output): Member => ({
        kind: 'value',
        key: output.name,
        sql: output.on.sql,
        storage: output.on.storage,
      })),
    );
    const tail = [groupClause(outputs), havingClause(builder, byName, query), orderClause(byName, outputs, query), `limit ${query.limit}`];
    const text = `select ${select.list} ${fromWhere(of, joins, conditions)} ${tail.filter((part) => part !== '').join(' ')}`;
    const rows = await from.query(preparedWhenCommon(text, builder.values));
    return `{"items":[${rows.map((row) => select.json(row)).join(',')}]}`;
  });
}

/** A column of the answer: its name, its expression, and the field that says how values are compared with it. */
type Output = Operand & { readonly name: string; readonly isGroup: boolean };

type Grouped = { readonly builder: Builder; readonly joins: Joins; readonly object: ObjectDefinition };

function groupOutput({ builder, joins, object }: Grouped, name: string, place: number): Output {
  const written = { ...writtenGroup(name), pointer: `/groupBy/${place}` };
  const path = resolvePath(builder.scope, ownSide(object), written.field);
  if (!fieldType(path.field.type).groupable)
    throw refusedGroup(written, 'type', [
      `Records cannot be grouped by ${shown(name)}.`,
      `Datensätze lassen sich nicht nach ${shown(name)} gruppieren.`,
    ]);
  const on = pathExpression(joins, path);
  if (written.unit === undefined) return { name, isGroup: true, field: path.field, on };
  const field = { ...path.field, type: 'date' };
  return { name, isGroup: true, field, on: { sql: periodSql(builder, on, written), storage: 'date' } };
}

/** The first day of the part of the calendar in which a day stands; of an instant, the day that it is in the caller's zone. */
function periodSql(builder: Builder, on: Expression, written: PlacedGroup): string {
  const unit = groupUnit(written.unit ?? '');
  const [field, asked] = [shown(written.field), shown(written.unit ?? '')];
  if (unit === undefined)
    throw refusedGroup(written, 'unit', [
      `${field} makes groups by ${GROUP_UNITS.join(', ')}, not by ${asked}.${didYouMean(asked, GROUP_UNITS)}`,
      `${field} lässt sich nach ${GROUP_UNITS.join(', ')} gruppieren, nicht nach ${asked}.`,
    ]);
  if (on.storage === 'date') return `date_trunc('${unit}', ${on.sql}::timestamp)::date`;
  if (on.storage === 'timestamp')
    return `date_trunc('${unit}', ${on.sql} at time zone ${builder.parameter(builder.source.caller.timeZone)})::date`;
  throw refusedGroup(written, 'type', [
    `${field} is neither a day nor an instant: it makes no groups by ${asked}.`,
    `${field} ist weder ein Tag noch ein Zeitpunkt und lässt sich nicht nach ${asked} gruppieren.`,
  ]);
}

type PlacedGroup = WrittenGroup & { readonly pointer: string };

function refusedGroup({ field, pointer }: PlacedGroup, rule: string, [en, de]: readonly [en: string, de: string]): Refusal {
  const fault = faultAt({ pointer, field: shown(field), rule }, { en, de });
  return new Refusal('malformed_request', { en, de }, { errors: [fault] });
}

function metricOutput(builder: Builder, joins: Joins, object: ObjectDefinition, metric: Metric): Output {
  const name = metric.as;
  if (metric.field === undefined)
    return { name, isGroup: false, field: figure(metric, 'integer'), on: { sql: 'count(*)', storage: 'integer' } };
  const path = resolvePath(builder.scope, ownSide(object), metric.field);
  const on = pathExpression(joins, path);
  const storage = FIGURES[metric.fn](on.storage);
  if (storage === null) throw new Refusal('malformed_request', `There is no ${metric.fn} of ${shown(metric.field)}.`);
  const field = metric.fn === 'min' || metric.fn === 'max' ? { ...path.field, name } : figure(metric, 'decimal');
  return { name, isGroup: false, field, on: { sql: figureSql(metric.fn, on), storage } };
}

const NUMBERS: readonly StorageKind[] = ['integer', 'bigint', 'numeric'];
const ORDERED: readonly StorageKind[] = [...NUMBERS, 'text', 'date', 'timestamp'];

/** The storage kind of a figure over a kind of column; null when there is no such figure. */
const FIGURES: Readonly<Record<Metric['fn'], (storage: StorageKind) => StorageKind | null>> = {
  count: (storage) => (storage === 'none' ? null : 'integer'),
  sum: (storage) => (NUMBERS.includes(storage) ? (storage === 'integer' ? 'integer' : 'numeric') : null),
  avg: (storage) => (NUMBERS.includes(storage) ? 'numeric' : null),
  min: (storage) => (ORDERED.includes(storage) ? storage : null),
  max: (storage) => (ORDERED.includes(storage) ? storage : null),
};

function figureSql(fn: Metric['fn'], on: Expression): string {
  if (fn === 'avg') return `trim_scale(round(avg(${on.sql}), 10))`;
  const isTextOrder = on.storage === 'text' && (fn === 'min' || fn === 'max');
  return isTextOrder ? `${fn}(${on.sql} collate ${TEXT_COLLATION})` : `${fn}(${on.sql})`;
}

/** A stand-in field for a figure, so that `having` compares it as it compares a number. */
function figure(metric: Metric, type: string): FieldDefinition {
  return { id: metric.as, name: metric.as, label: { en: metric.as }, type, column: '', state: 'active' };
}

function groupClause(outputs: readonly Output[]): string {
  const groups = outputs.flatMap((output, at) => (output.isGroup ? [String(at + 1)] : []));
  return groups.length === 0 ? '' : `group by ${groups.join(', ')}`;
}

function havingClause(builder: Builder, byName: ReadonlyMap<string, Output>, query: AggregateQuery): string {
  if (query.having === undefined) return '';
  const operand = (name: string) => outputNamed(byName, name);
  return `having ${filterCondition({ builder, operand, children: () => null, count: { comparisons: 0 } }, query.having)}`;
}

function orderClause(byName: ReadonlyMap<string, Output>, outputs: readonly Output[], query: AggregateQuery): string {
  const wanted = query.sort ?? outputs.filter((output) => output.isGroup).map((output) => output.name);
  const keys = wanted.map((part) => {
    const { on } = outputNamed(byName, part.replace(/^[+-]/, ''));
    return `${on.storage === 'text' ? `${on.sql} collate ${TEXT_COLLATION}` : on.sql} ${part.startsWith('-') ? 'desc' : 'asc'} nulls last`;
  });
  return keys.length === 0 ? '' : `order by ${keys.join(', ')}`;
}

function outputNamed(byName: ReadonlyMap<string, Output>, name: string): Output {
  const found = byName.get(name);
  if (!found) throw new Refusal('unknown_name', `The answer has no column ${shown(name)}.${didYouMean(name, byName.keys())}`);
  return found;
}
