import { comparisonsOf, type Comparison } from '#platform/kernel/conditions/names.ts';
import type { Circumstances } from '#platform/kernel/conditions/compare.ts';
import { isMet } from '#platform/kernel/conditions/is-met.ts';
import { isConditionOperator } from '#platform/kernel/conditions/operators.ts';
import type { StorageKind } from '#platform/kernel/field-types/field-type.ts';
import { isRecord } from '#platform/kernel/is-record.ts';
import { isList, plainText } from '#platform/kernel/json.ts';
import type { RecordValues } from '#platform/kernel/module.ts';
import { nearest } from '#platform/kernel/nearest.ts';
import type { Sentence } from '#platform/kernel/sentence.ts';
import { fieldsOfEvent, type NamedEvent } from './named-events.ts';

const COMPARISONS_MAX = 50;

/** What is wrong with a condition on the fields of an event; null where nothing is. */
export function eventConditionFault(condition: unknown, event: NamedEvent): Sentence | null {
  const comparisons = comparisonsOf(condition);
  if (!isWellFormed(condition) || comparisons.length === 0 || comparisons.length > COMPARISONS_MAX)
    return {
      en: `A condition is a filter of at most ${COMPARISONS_MAX} comparisons, such as {"reason": {"contains": "price"}}.`,
      de: `Eine Bedingung ist ein Filter mit höchstens ${COMPARISONS_MAX} Vergleichen, etwa {"reason": {"contains": "Preis"}}.`,
    };
  const fields = fieldsOfEvent(event);
  const unknown = comparisons.find(({ name }) => !fields.has(name));
  if (unknown) return noSuchField(unknown.name, event, [...fields.keys()]);
  const storages = storagesFor(comparisons, event);
  const wrong = comparisons.find(({ name, operator }) => !isConditionOperator(operator, storages.get(name) ?? 'none'));
  return wrong
    ? {
        en: `${wrong.name} of ${event.type} cannot be compared by ${wrong.operator} with that.`,
        de: `${wrong.name} von ${event.type} lässt sich mit ${wrong.operator} nicht damit vergleichen.`,
      }
    : null;
}

/** Whether an event meets a condition on its fields; where there is none, it does. One on a field that is no longer declared is not met. */
export function meetsEventCondition(
  condition: unknown,
  { event, data, around }: { readonly event: NamedEvent; readonly data: RecordValues; readonly around: Circumstances },
): boolean {
  if (condition === null || condition === undefined) return true;
  return isMet(condition, { valueOf: (name) => data[name], storages: storagesFor(comparisonsOf(condition), event), around });
}

function isWellFormed(condition: unknown): boolean {
  if (!isRecord(condition)) return false;
  return Object.entries(condition).every(([key, value]) => {
    if (key === 'and' || key === 'or') return isList(value) && value.length > 0 && value.every(isWellFormed);
    return key !== 'not' || isWellFormed(value);
  });
}

/** How the fields that are compared count as stored. */
function storagesFor(comparisons: readonly Comparison[], event: NamedEvent): ReadonlyMap<string, StorageKind> {
  const fields = fieldsOfEvent(event);
  return new Map(
    comparisons.flatMap(({ name }) => {
      const schema = fields.get(name);
      return schema ? [[name, storageOf(schema, orderedOf(comparisons, name))] as const] : [];
    }),
  );
}

const BY_TYPE: Readonly<Record<string, StorageKind>> = { boolean: 'boolean', integer: 'integer', number: 'numeric', object: 'json' };
const BY_FORMAT: Readonly<Record<string, StorageKind>> = { date: 'date', 'date-time': 'timestamp', uuid: 'uuid' };

/** Amounts and days are texts in events: one that is held against an amount or a day is meant as such. */
function storageOf(schema: { readonly [key: string]: unknown }, ordered: readonly string[]): StorageKind {
  const types = isList(schema['type']) ? schema['type'] : [schema['type']];
  const type = plainText(types.find((one) => one !== 'null'));
  if (type === 'array') return isRecord(schema['items']) && schema['items']['type'] === 'string' ? 'textArray' : 'json';
  const byFormat = BY_FORMAT[plainText(schema['format'])];
  if (BY_TYPE[type] ?? byFormat) return BY_TYPE[type] ?? byFormat ?? 'text';
  if (ordered.length > 0 && ordered.every((text) => /^-?\d+(\.\d+)?$/.test(text))) return 'numeric';
  return ordered.length > 0 && ordered.every((text) => /^\d{4}-\d{2}-\d{2}$/.test(text)) ? 'date' : 'text';
}

const ORDER: readonly string[] = ['gt', 'gte', 'lt', 'lte', 'between'];

/** What a field is held against by its order. */
function orderedOf(comparisons: readonly Comparison[], name: string): readonly string[] {
  return comparisons
    .filter((one) => one.name === name && ORDER.includes(one.operator))
    .flatMap(({ value }) => (isList(value) ? value : [value]))
    .map(plainText);
}

function noSuchField(name: string, { type }: NamedEvent, names: readonly string[]): Sentence {
  const near = nearest(name, names);
  const shown = name.slice(0, 80);
  return {
    en: `${type} has no field ${shown}.${near === undefined ? '' : ` Did you mean ${near}?`}`,
    de: `${type} hat kein Feld ${shown}.${near === undefined ? '' : ` Meinten Sie ${near}?`}`,
  };
}
