import { useMemo } from 'react';
import type { Circumstances } from '#platform/kernel/conditions/compare.ts';
import { fieldRules, fieldStates, type FieldRules, type FieldState } from '#platform/kernel/conditions/field-rules.ts';
import { apiName, useMe, type BusinessObject, type Field } from '../api/metadata.ts';
import type { RecordValues } from '../api/records.ts';

type Fields = Pick<BusinessObject, 'fields'>;

const known = new WeakMap<Fields, FieldRules>();

/** The rules of an object's fields: the server's own, asked in the browser as one types. */
function rulesOf(object: Fields): FieldRules {
  const found = known.get(object);
  if (found) return found;
  const living = object.fields.filter((field) => field.state !== 'retired');
  const made = fieldRules(living.flatMap((field) => (field.storage ? [{ ...field, key: apiName(field), storage: field.storage }] : [])));
  known.set(object, made);
  return made;
}

/** Who sits here, and in which zone it is today. */
export function useCircumstances(): Circumstances {
  const { user } = useMe();
  const { id: userId, timeZone = 'UTC' } = user;
  return useMemo(() => ({ actor: `user:${userId ?? ''}`, userId, timeZone }), [userId, timeZone]);
}

/** What the conditions of the fields make of them in one record, or in one row of it. */
export function statesOf(object: Fields, values: RecordValues, around: Circumstances): (field: Field) => FieldState {
  const rules = rulesOf(object);
  const states = fieldStates(rules, values, around);
  return (field) => {
    const name = apiName(field);
    return rules.ruled.has(name) ? states(name) : { ...states(name), isRequired: field.required === true };
  };
}

/** The keys that a choice or a multiple choice holds. */
export function keysOf(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.filter((key): key is string => typeof key === 'string');
  return typeof value === 'string' && value !== '' ? [value] : [];
}

/** The field with those options that its record offers or that it holds. */
export function withOffered(field: Field, { offers }: FieldState, value: unknown): Field {
  if (!field.options) return field;
  const held = keysOf(value);
  return { ...field, options: field.options.filter(({ key }) => offers(key) || held.includes(key)) };
}
