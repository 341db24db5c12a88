import { apiNameOf } from '#platform/metadata/schema-index.ts';
import type { FieldDefinition, ObjectDefinition } from '#platform/kernel/model.ts';

/** Records of an object that refer to another one, as a filter of the record API. */
export type Referring = { readonly object: ObjectDefinition; readonly filter: { readonly or: readonly unknown[] } };

/** Of each object the filter by which its records refer to a record, in a field of theirs or of a row of theirs; objects that never do are left out. */
export function referring(objects: readonly ObjectDefinition[], subject: ObjectDefinition, id: string): readonly Referring[] {
  const living = objects.filter(({ state }) => state === 'active');
  return living.flatMap((object) => {
    if (object.parent !== undefined) return [];
    const own = conditionsOf(object, subject, id);
    const ofRows = object.fields.flatMap((field) => {
      const child = field.type === 'children' && field.state !== 'retired' ? living.find(({ name }) => name === field.child) : undefined;
      return child ? conditionsOf(child, subject, id).map((condition) => ({ [field.name]: { some: condition } })) : [];
    });
    const or = [...own, ...ofRows];
    return or.length === 0 ? [] : [{ object, filter: { or } }];
  });
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
