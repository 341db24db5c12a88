import type { FieldDefinition, NoOverlap, ObjectDefinition } from '#platform/kernel/model.ts';
import { problem, type Problem } from './definition-errors.ts';

const name = { type: 'string' } as const;

/** JSON Schema of the setting: what names one thing, and the dates between which a record of it is valid. */
export const noOverlapSchema = {
  type: 'object',
  properties: { fields: { type: 'array', minItems: 1, maxItems: 5, uniqueItems: true, items: name }, from: name, until: name },
  required: ['fields', 'from', 'until'],
  additionalProperties: false,
  description: 'Records with the same values in these fields are valid one after the other, never two on one day.',
} as const;

/** The fields of the rule; null while there is none, or one of its fields has left. */
export type OverlapFields = {
  readonly fields: readonly FieldDefinition[];
  readonly from: FieldDefinition;
  readonly until: FieldDefinition;
};

/** The fields that the rule of an object names, by their former names too. */
export function overlapFields(object: Pick<ObjectDefinition, 'fields' | 'noOverlap'>): OverlapFields | null {
  const rule = object.noOverlap;
  if (!rule) return null;
  const named = (wanted: string): FieldDefinition | undefined =>
    object.fields.find((field) => field.state !== 'retired' && (field.name === wanted || field.aliases?.includes(wanted) === true));
  const [fields, from, until] = [rule.fields.flatMap((one) => named(one) ?? []), named(rule.from), named(rule.until)];
  return fields.length === rule.fields.length && from && until ? { fields, from, until } : null;
}

/** What is wrong with the rule of an object: names nobody knows, days that are none, and rows of another record, which are not compared. */
export function overlapProblems(object: ObjectDefinition): readonly Problem[] {
  const rule: NoOverlap | undefined = object.noOverlap;
  if (!rule) return [];
  const found = overlapFields(object);
  if (!found || object.parent !== undefined)
    return [problem('/noOverlap', 'unknown', `${object.label.en} has no fields of these names whose stretches could be compared.`)];
  const wrong = [found.from, found.until].filter(({ type }) => type !== 'date');
  return wrong.map(({ label }) => problem('/noOverlap', 'type', `${label.en} is no date.`));
}
