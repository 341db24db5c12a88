import type { BusinessObject, Field } from '#admin-ui/src/api/metadata.ts';
import { textOf } from '#admin-ui/src/fields/input-frame.ts';
import { offeredOperators } from './conditions.ts';
import { listableFields } from './list-query.ts';

/**
 * What a list can be narrowed by: the object's own fields, its title first and what the platform keeps of every record last, and those
 * of the records that it leads to, `customer.city`.
 */
export function filterFields(object: BusinessObject, objects: readonly BusinessObject[]): readonly Field[] {
  const rank = (field: Field): number => (field.name === object.titleField ? 0 : field.system === true ? 2 : 1);
  const own = listableFields(object)
    .map((field) => (field.type === 'relatedValue' ? asItsOrigin(field, object, objects) : field))
    .filter((field) => offeredOperators(field).length > 0)
    .toSorted((left, right) => rank(left) - rank(right));
  const references = own.filter((field) => field.type === 'lookup' || field.type === 'user');
  return [...own, ...references.flatMap((reference) => fieldsBehind(object, reference, objects))];
}

/** A value that is read through a reference is asked about as what it reads: a date by its day, an option by its label. */
function asItsOrigin(field: Field, object: BusinessObject, objects: readonly BusinessObject[]): Field {
  const [through, read] = textOf(field['path']).split('.');
  const reference = object.fields.find(({ name }) => name === through);
  const target = objects.find(({ name }) => name === (reference?.target ?? 'user'));
  const origin = reference && target?.fields.find(({ name }) => name === read);
  if (!origin || REFERENCES.includes(origin.type)) return field;
  return { ...origin, id: field.id, name: field.name, label: field.label };
}

/** Of another service's records there is what the reference keeps of them; of the own service's all. */
function fieldsBehind(object: BusinessObject, reference: Field, objects: readonly BusinessObject[]): readonly Field[] {
  const target = objects.find((one) => one.name === (reference.target ?? 'user'));
  if (!target) return [];
  const isKept = (field: Field): boolean =>
    target.module === object.module || field.name === target.titleField || reference.mirror?.includes(field.name) === true;
  return listableFields(target)
    .filter((field) => field.system !== true && field.state === 'active' && isKept(field))
    .filter((field) => !REFERENCES.includes(field.type) && offeredOperators(field).length > 0)
    .map((field) => ({
      ...field,
      id: `${reference.id}/${field.id}`,
      name: `${reference.name}.${field.name}`,
      label: {
        en: `${reference.label.en} › ${field.label.en}`,
        de: `${reference.label.de ?? reference.label.en} › ${field.label.de ?? field.label.en}`,
      },
    }));
}

/** One step is enough: what a record that is led to leads to has a list of its own. */
const REFERENCES: readonly string[] = ['lookup', 'user', 'manyToMany', 'polymorphic'];
