import { fieldType } from '#platform/kernel/field-types/index.ts';
import type { FieldDefinition, ObjectDefinition } from '#platform/kernel/model.ts';
import { nearest } from '#platform/kernel/nearest.ts';
import { problem, type Problem } from './definition-errors.ts';
import { canBeKey } from './definition-rules.ts';

/** JSON Schema of the setting: lists of names of fields whose values together may be there once. */
export const uniqueTogetherSchema = {
  type: 'array',
  maxItems: 10,
  items: { type: 'array', minItems: 2, maxItems: 5, uniqueItems: true, items: { type: 'string' } },
  description: 'Fields by name whose values together name one record. A record in which one of them is missing is compared with none.',
} as const;

/** The fields of one such rule; null while one of them is not there. */
export function fieldsTogether(object: Pick<ObjectDefinition, 'fields'>, names: readonly string[]): readonly FieldDefinition[] | null {
  const living = object.fields.filter((field) => field.state !== 'retired');
  const fields = names.flatMap((name) => living.find((field) => field.name === name) ?? []);
  return fields.length === names.length ? fields : null;
}

/** What is wrong with the rules of an object: names nobody knows, fields that cannot be compared so, the same rule twice. */
export function togetherProblems(object: ObjectDefinition): readonly Problem[] {
  const rules = object.uniqueTogether ?? [];
  if (rules.length > 0 && object.parent !== undefined)
    return [
      problem('/uniqueTogether', 'parent', `Rows of a record cannot be unique together; ${object.label.en} lives inside ${object.parent}.`),
    ];
  const seen = new Set<string>();
  return rules.flatMap((names, position) => {
    const at = `/uniqueTogether/${position}`;
    const same = names.toSorted().join(' ');
    if (seen.has(same)) return [problem(at, 'duplicate', 'This rule is there twice.')];
    seen.add(same);
    return names.flatMap((name, index) => nameProblem(object, name, `${at}/${index}`));
  });
}

function nameProblem(object: ObjectDefinition, name: string, at: string): readonly Problem[] {
  const living = object.fields.filter((field) => field.state !== 'retired');
  const field = living.find((one) => one.name === name);
  if (field && canBeKey(field.type)) return [];
  if (field)
    return [
      problem(
        at,
        'unique',
        `${field.label.en} is of type ${fieldType(field.type).label.en.toLowerCase()} and cannot be part of a unique rule.`,
      ),
    ];
  const near = nearest(
    name,
    living.map((one) => one.name),
  );
  return [problem(at, 'unknown', `${object.label.en} has no field "${name.slice(0, 80)}"${near ? `; did you mean "${near}"?` : '.'}`)];
}

/** Whether a field is unique in each company, as the numbers of documents are. */
export function isUniqueInCompany(object: ObjectDefinition, field: FieldDefinition): boolean {
  return (object.uniqueTogether ?? []).some((names) => names.length === 2 && names.includes('company') && names.includes(field.name));
}
