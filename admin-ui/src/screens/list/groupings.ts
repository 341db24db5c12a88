import { GROUP_LEVELS_MAX, GROUP_UNITS, groupLevels, groupText, groupUnit, type GroupUnit } from '#platform/kernel/grouping.ts';
import { apiName, type BusinessObject, type Field } from '#admin-ui/src/api/metadata.ts';
import { textOf } from '#admin-ui/src/fields/input-frame.ts';
import { periodEnd } from './periods.ts';
import type { FilterNode } from './list-state.ts';

/** One level of a table in groups: by the values of a field, or by the part of the calendar that a day or an instant falls into. */
export type Grouping = { readonly field: Field; readonly unit?: GroupUnit };

/** Types whose values make groups that are worth opening. */
const GROUPED: readonly string[] = [
  'status',
  'select',
  'lookup',
  'user',
  'boolean',
  'date',
  'dateTime',
  'rating',
  'integer',
  'text',
  'currency',
  'color',
];

/** The fields by which a table can be drawn in groups, the platform's own bookkeeping last. */
export function groupFields(object: BusinessObject): readonly Field[] {
  const fields = object.fields.filter((field) => GROUPED.includes(field.type) && field.name !== 'version' && field.state === 'active');
  return fields.toSorted((left, right) => Number(left.system === true) - Number(right.system === true));
}

/** Whether a field makes groups by a part of the calendar. */
export function isDated(field: Field): boolean {
  return field.type === 'date' || field.type === 'dateTime';
}

/** Whether the groups say all of the field: its column says nothing more then. */
export function isWhole({ field, unit }: Grouping): boolean {
  return unit === undefined || (unit === 'day' && field.type === 'date');
}

/** The levels that a text such as `status,date:month` names, outermost first, as far as they are there for the caller. */
export function groupings(object: BusinessObject, text: string | undefined): readonly Grouping[] {
  const fields = groupFields(object);
  const levels = groupLevels(text ?? '').flatMap((level): readonly Grouping[] => {
    const field = fields.find(({ name }) => name === level.field);
    if (!field) return [];
    if (!isDated(field)) return level.unit === undefined ? [{ field }] : [];
    const unit = groupUnit(level.unit ?? 'day');
    return unit ? [{ field, unit }] : [];
  });
  return [...new Map(levels.map((level) => [groupingText(level), level])).values()].slice(0, GROUP_LEVELS_MAX);
}

/** A level in the words of URL and view. */
export function groupingText({ field, unit }: Grouping): string {
  return groupText({ field: field.name, ...(unit === undefined ? {} : { unit }) });
}

/** The name of a level in the record API, for what is asked and what is answered. */
export function groupedBy({ field, unit }: Grouping): string {
  return groupText({ field: apiName(field), ...(unit === undefined ? {} : { unit }) });
}

/** The condition that narrows a list to one group. Days are those of the caller, as the groups are. */
export function groupCondition({ field, unit }: Grouping, value: unknown): FilterNode {
  if (value === null) return { [apiName(field)]: { isNull: true } };
  if (unit === undefined) return { [apiName(field)]: { eq: value } };
  const first = textOf(value);
  return { [apiName(field)]: { gte: first, lt: periodEnd(first, unit) } };
}

/** The parts of the calendar by which a field does not make groups yet. */
export function freeUnits(field: Field, levels: readonly Grouping[]): readonly GroupUnit[] {
  const taken = levels.filter((level) => level.field.id === field.id).map(({ unit }) => unit);
  return GROUP_UNITS.filter((unit) => !taken.includes(unit));
}

/** A new level by a field: of days and instants by months, or a part of the calendar that is not taken. */
export function newGrouping(field: Field, levels: readonly Grouping[]): Grouping {
  if (!isDated(field)) return { field };
  const free = freeUnits(field, levels);
  const unit = free.includes('month') ? 'month' : free[0];
  return unit === undefined ? { field } : { field, unit };
}
