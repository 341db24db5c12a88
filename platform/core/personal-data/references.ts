import { apiNameOf } from '#platform/metadata/schema-index.ts';
import type { RecordValues } from '#platform/kernel/module.ts';
import type { FieldDefinition, ObjectDefinition } from '#platform/kernel/model.ts';

/** Records of an object that refer to another one, as a filter of the record API. */
export type Referring = { readonly object: ObjectDefinition; readonly filter: { readonly or: readonly unknown[] } };

/**
 * How a person is named where no field refers to their record: by that record, `contact/<id>`, and by the addresses at which they are reached, as they are written and in
 * small letters.
 */
export function namesOf(subject: ObjectDefinition, record: RecordValues): readonly string[] {
  const addresses = subject.fields
    .filter(({ type, personal, state }) => personal && state !== 'retired' && (type === 'email' || type === 'phone'))
    .map((field) => record[apiNameOf(field)])
    .filter((value) => typeof value === 'string');
  return [...new Set([`${subject.name}/${String(record['id'])}`, ...addresses.flatMap((one) => [one, one.toLowerCase()])])];
}

/** Of each object the filter by which its records refer to a record, in a field of theirs or of a row of theirs, or are called by a name of it; objects that never do are left out. */
export function referring(
  objects: readonly ObjectDefinition[],
  subject: ObjectDefinition,
  { id, names }: { readonly id: string; readonly names: readonly string[] },
): readonly Referring[] {
  const living = objects.filter(({ state }) => state === 'active');
  return living.flatMap((object) => {
    if (object.parent !== undefined) return [];
    const own = conditionsOf(object, subject, id);
    const ofRows = object.fields.flatMap((field) => {
      const child = field.type === 'children' && field.state !== 'retired' ? living.find(({ name }) => name === field.child) : undefined;
      return child ? conditionsOf(child, subject, id).map((condition) => ({ [field.name]: { some: condition } })) : [];
    });
    const or = [...own, ...ofRows, ...calledBy(object, names)];
    return or.length === 0 ? [] : [{ object, filter: { or } }];
  });
}

/** What is called by an address, such as one that is suppressed, is about whoever has it. */
function calledBy(object: ObjectDefinition, names: readonly string[]): readonly unknown[] {
  const title = object.fields.find(({ name }) => name === object.titleField);
  const isNaming = title?.personal === true && title.type === 'text' && title.required === true && title.state !== 'retired';
  return isNaming && names.length > 0 ? [{ [title.name]: { in: names } }] : [];
}

function conditionsOf(object: ObjectDefinition, subject: ObjectDefinition, id: string): readonly unknown[] {
  return object.fields.flatMap((field) => (field.state === 'retired' ? [] : (conditionOf(field, subject, id) ?? [])));
}

function conditionOf(field: FieldDefinition, subject: ObjectDefinition, id: string): unknown {
  if (field.column === 'parent_id') return undefined;
  if (field.type === 'lookup' && field.target === subject.name) return { [apiNameOf(field)]: id };
  if (field.type === 'manyToMany' && field.target === subject.name) return { [apiNameOf(field)]: { anyOf: [id] } };
  if (field.type === 'polymorphic' && field.targets?.includes(subject.name)) return { [apiNameOf(field)]: { eq: `${subject.name}/${id}` } };
  return undefined;
}
