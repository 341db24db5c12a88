import type { Caller } from '#platform/kernel/caller.ts';
import { invalidValues, Refusal, type FieldError } from '#platform/kernel/errors.ts';
import { isRecord } from '#platform/kernel/is-record.ts';
import { isList } from '#platform/kernel/json.ts';
import type { FieldDefinition, ObjectDefinition } from '#platform/kernel/model.ts';
import type { RecordValues } from '#platform/kernel/module.ts';
import { didYouMean } from '#platform/kernel/nearest.ts';
import { isMovedByCommands } from '#platform/kernel/status-field.ts';
import { apiNameOf, type SchemaIndex } from '#platform/metadata/schema-index.ts';
import { shown } from '../names.ts';

/** Whose values are looked at, and for what. */
export type Writing = {
  readonly index: SchemaIndex;
  readonly caller: Caller;
  readonly asSystem: boolean;
  readonly operation: 'create' | 'update';
};

/**
 * Resolves the keys of a body against the fields that this caller may use. What they may not read is unknown to them, in the words of a name
 * that does not exist (400); what they may read but not change is refused (403); what only the platform sets is refused at its field (422).
 */
export function refuseUnwritable(writing: Writing, object: ObjectDefinition, values: RecordValues, pointer = ''): void {
  const fields = writing.index.fieldsOf(object);
  const rights = writing.caller.permissions.on(object);
  const errors: FieldError[] = [];
  for (const [key, value] of Object.entries(values)) {
    const field = fields.byApiName.get(key) ?? (key.endsWith('Patch') ? fields.byName.get(key.slice(0, -5)) : undefined);
    const isKnown =
      field !== undefined &&
      (writing.asSystem || rights.mayRead(field)) &&
      (!key.endsWith('Patch') || field.type === 'children' || field.name === key);
    if (!isKnown) throw unknownKey(writing, object, { key, pointer: `${pointer}/${key}` });
    if (writing.asSystem) continue;
    if (field.readOnly === true || isMovedByCommands(object, field)) {
      if (isTolerated(field, object)) continue;
      errors.push({
        pointer: `${pointer}/${key}`,
        field: key,
        rule: 'readOnly',
        message: `${field.label.en} is set by the platform and cannot be written.`,
      });
    } else if (field.type === 'status' && (value === null || value === '')) {
      errors.push({ pointer: `${pointer}/${key}`, field: key, rule: 'required', message: `${field.label.en} always has a value.` });
    } else if (!mayWrite(writing, object, field)) {
      throw new Refusal('not_allowed', `You may not change ${field.label.en}.`, {
        errors: [
          {
            pointer: `${pointer}/${key}`,
            field: key,
            rule: 'access',
            message: `You may not change ${field.label.en}.`,
          },
        ],
      });
    }
    if (field.type === 'children') refuseUnwritableRows(writing, field, { value, pointer: `${pointer}/${key}` });
  }
  if (errors.length > 0) throw invalidValues(errors);
}

/** Child rows come back as they were read: with their id, position and derived amounts. These are ignored, never believed. */
function isTolerated(field: FieldDefinition, object: ObjectDefinition): boolean {
  return object.parent !== undefined && (field.system === true || field.readOnly === true);
}

function mayWrite(writing: Writing, object: ObjectDefinition, field: FieldDefinition): boolean {
  const rights = writing.caller.permissions.on(object);
  if (writing.operation === 'create' && !field.access) return object.parent !== undefined || rights.create;
  return rights.mayEdit(field);
}

function refuseUnwritableRows(writing: Writing, field: FieldDefinition, at: { value: unknown; pointer: string }): void {
  const child = writing.index.byName.get(field.child ?? '');
  const patched = isRecord(at.value) ? at.value['upsert'] : undefined;
  const rows = isList(at.value) ? at.value : isList(patched) ? patched : [];
  const pointer = isList(at.value) ? at.pointer : `${at.pointer}/upsert`;
  if (!child) return;
  rows.forEach((row, position) => isRecord(row) && refuseUnwritable(writing, child, row, `${pointer}/${position}`));
}

function unknownKey(writing: Writing, object: ObjectDefinition, { key, pointer }: { key: string; pointer: string }): Refusal {
  const rights = writing.caller.permissions.on(object);
  const known = writing.index
    .fieldsOf(object)
    .all.filter((field) => writing.asSystem || rights.mayRead(field))
    .map((field) => apiNameOf(field));
  const message = `${object.label.en} has no field ${shown(key)}.${didYouMean(key, known)}`;
  return new Refusal('unknown_name', message, { errors: [{ pointer, field: key, rule: 'unknown', message }] });
}
