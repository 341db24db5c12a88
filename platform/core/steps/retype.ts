import { sentence } from '#platform/kernel/sentence.ts';
import { randomUUID } from 'node:crypto';
import { fieldType } from '#platform/kernel/field-types/index.ts';
import type { FieldDefinition, ObjectDefinition } from '#platform/kernel/model.ts';
import type { FieldDraft } from '#platform/metadata/definition.ts';
import { canCarryOver, retyped } from '#platform/metadata/retype.ts';
import { cannot, fieldOf, objectOf, put, putChecked, type Draft, type StepResult } from '../draft.ts';

/** A change of a field's type whose values are carried over into a column of their own: what it is now, and what it is to be. */
export type Retyping = { readonly object: ObjectDefinition; readonly before: FieldDefinition; readonly to: FieldDraft };

/** Whether a change of a field is one of its type for which its values must be carried over. */
export function isCarriedOver(before: FieldDefinition, to: FieldDraft): boolean {
  return to.type !== before.type && fieldType(to.type).storage !== fieldType(before.type).storage && canCarryOver(before.type, to.type);
}

/** Settings that the new type has no use for go with the old one. */
export function withoutUseless(type: string, settings: { readonly [name: string]: unknown }): { readonly [name: string]: unknown } {
  const { searchable, ...rest } = settings;
  return fieldType(type).searchable && searchable !== undefined ? { ...rest, searchable } : rest;
}

/**
 * Begins to give a field another type: the field goes on as it is, and notes what it will be and the column that its values are carried
 * over into. When they all are, `changeOver` makes it so.
 */
export function beginRetype(draft: Draft, { object, before, to }: Retyping): StepResult {
  const pending = pendingRetype(draft, before, to);
  const withField = (field: FieldDefinition): ObjectDefinition => ({
    ...object,
    fields: object.fields.map((one) => (one.id === before.id ? field : one)),
  });
  const after = retyped(pending);
  // What it will be must hold together with the others now; nobody could say so later.
  putChecked(draft, withField(after), `/fields/${before.name}`);
  put(draft, withField(pending));
  const label = fieldType(to.type).label;
  return {
    facts: [{ type: 'FieldChanged', object: object.name, field: before.name }],
    summary: sentence(
      (of) => `Field ${of(before)} of ${of(object)} is to become ${of({ label })}`,
      (of) => `Feld ${of(before)} von ${of(object)} soll ${of({ label })} werden`,
    ),
    fits: [{ module: object.module, object: object.name, before, after: { ...after, column: before.column }, mustFit: true }],
    object: object.id,
  };
}

/** The field on its way to another type. */
export function pendingRetype(draft: Draft, before: FieldDefinition, to: FieldDraft): FieldDefinition {
  refuseRenamed(before, to);
  const { former: _former, ...kept } = before;
  const column = `c_${before.id.replaceAll(/[^a-z0-9]/g, '').slice(0, 30)}_${draft.newId().slice(0, 6)}`;
  return { ...kept, retype: { column, job: randomUUID(), at: draft.now, to } };
}

function refuseRenamed(before: FieldDefinition, to: FieldDraft): void {
  if (to.name !== before.name)
    throw cannot(
      'conflict',
      sentence(
        (of) => `Rename ${of(before)} in a change of its own, before or after its type.`,
        (of) => `Benennen Sie ${of(before)} in einer eigenen Änderung um, vor oder nach dem Typ.`,
      ),
    );
}

/** Makes a field what it is to be, now that its values are there. What is asked twice, or was taken back, changes nothing. */
export function changeOver(draft: Draft, change: { readonly object: string; readonly field: string; readonly job: string }): StepResult {
  const object = objectOf(draft, change.object);
  const field = fieldOf(object, change.field);
  const nothing = { facts: [], summary: { en: '' }, object: object.id };
  if (field.retype?.job !== change.job) return nothing;
  const after = retyped(field);
  put(draft, { ...object, fields: object.fields.map((one) => (one.id === field.id ? after : one)) });
  const label = fieldType(after.type).label;
  return {
    facts: [{ type: 'FieldChanged', object: object.name, field: after.name }],
    summary: sentence(
      (of) => `Field ${of(after)} of ${of(object)} has become ${of({ label })}`,
      (of) => `Feld ${of(after)} von ${of(object)} ist ${of({ label })} geworden`,
    ),
    object: object.id,
  };
}

/** Refuses to touch a field while its values are carried over. */
export function refuseRetyping(field: FieldDefinition): void {
  if (field.retype)
    throw cannot('still_running', `${field.label.en} is being given another type. Wait until it is, or take that change back first.`);
}
