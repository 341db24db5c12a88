import type { Caller } from '#platform/kernel/caller.ts';
import { fieldType } from '#platform/kernel/field-types/index.ts';
import type { FieldDefinition, ObjectDefinition } from '#platform/kernel/model.ts';
import { relativeDayOf, relativeInstant } from '#platform/kernel/relative-date.ts';
import { apiNameOf, type SchemaIndex } from '#platform/metadata/schema-index.ts';
import type { Draft } from './change.ts';

/** Values of a new record for what the caller left out: defaults of the fields, the initial status, owner and company. */
export function withDefaults(values: Draft, at: { index: SchemaIndex; object: ObjectDefinition; caller: Caller }): Draft {
  const made: Draft = { ...values };
  for (const field of at.index.fieldsOf(at.object).all) {
    const key = apiNameOf(field);
    if (Object.hasOwn(values, key)) continue;
    const value = defaultOf(field, at.object, at.caller);
    if (value !== undefined) made[key] = value;
  }
  return made;
}

function defaultOf(field: FieldDefinition, object: ObjectDefinition, caller: Caller): unknown {
  if (field.system === true && object.parent === undefined) {
    if (field.column === 'owner_id') return caller.userId;
    if (field.column === 'team_id') return caller.teamIds[0];
    if (field.column === 'company_id') return caller.companyId;
    return undefined;
  }
  if (field.type === 'status') return field.initial ?? field.options?.find((option) => option.retired !== true)?.key;
  if (field.default === undefined || field.default === null) return undefined;
  return relative(field, caller);
}

/** `today`, `today+14d`, `now`, `now+2h` and `$me` are worked out when the record is made. */
function relative(field: FieldDefinition, caller: Caller): unknown {
  const written = field.default;
  const { storage } = fieldType(field.type);
  if (typeof written !== 'string') return written;
  if (written === '$me' && storage === 'uuid') return caller.userId;
  if (storage === 'timestamp') return relativeInstant(written)?.toISOString() ?? written;
  if (storage === 'date') return relativeDayOf(caller, written) ?? written;
  return written;
}
