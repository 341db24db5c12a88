import { useCallback, useEffect, useMemo, useState } from 'react';
import type { Circumstances } from '#platform/kernel/conditions/compare.ts';
import type { FieldState } from '#platform/kernel/conditions/field-rules.ts';
import { apiName, type BusinessObject, type Field } from '../api/metadata.ts';
import type { RecordValues } from '../api/records.ts';
import { keysOf, statesOf, useCircumstances, withOffered } from '../fields/field-rules.ts';
import { focusFirstWrong } from './first-wrong.ts';
import { useDraft, type OfferedDraft } from './use-draft.ts';

/** A record being written: what it was, what it is now, what the server said about it. */
export type RecordForm = {
  readonly object: BusinessObject;
  /** As loaded, with what was typed on top: what the screen shows. */
  readonly values: RecordValues;
  /** What was typed, by API name, as far as its fields are shown and open now. */
  readonly changes: RecordValues;
  /** What is sent: of a record that is there the changes, of a new one all that it begins with too. */
  readonly toSave: RecordValues;
  readonly isDirty: boolean;
  /** Sentences by path: `name`, `lines.0.quantity`. */
  readonly errors: { readonly [path: string]: string };
  /** Input of an earlier visit stands in the form. */
  readonly isRestored: boolean;
  /** Input of an earlier visit that was meant for an older version of the record: it is offered, for it may undo what others did. */
  readonly offered: OfferedDraft | null;
  /** The field as its conditions make it in this record: required or not, open or closed; null where it is hidden. */
  readonly fieldAt: (field: Field) => Field | null;
  readonly set: (field: Field, value: unknown, chosen?: RecordValues | null) => void;
  readonly setErrors: (errors: { readonly [path: string]: string }) => void;
  readonly reset: () => void;
};

/**
 * The form's state. `page` names the page for unsaved input: it survives a reload and the next sign-in, for whoever typed it.
 * `base` is the record as loaded, or the values a new one begins with.
 */
export function useRecordForm(object: BusinessObject, base: RecordValues, page: string): RecordForm {
  const { typed, setTyped, isRestored, offered, forget } = useDraft(page, base);
  const [errors, setErrors] = useState<{ readonly [path: string]: string }>({});
  const [refused, refuse] = useState<{ readonly [path: string]: string } | null>(null);
  const setRefused = useCallback((found: { readonly [path: string]: string }) => {
    setErrors(found);
    refuse(found);
  }, []);
  // Saving left the focus nowhere; whoever works by keys, or hears the page, is led to what is to be corrected.
  useEffect(() => {
    if (refused && Object.keys(refused).length > 0) focusFirstWrong();
  }, [refused]);
  const around = useCircumstances();
  const set = useCallback(
    (field: Field, value: unknown, chosen?: RecordValues | null) => {
      const name = apiName(field);
      setTyped((before) => ({ ...before, [name]: value, ...(chosen === undefined ? {} : { [field.name]: chosen }) }));
      setErrors((before) => {
        const left = Object.entries(before).filter(([path]) => path !== name && !path.startsWith(`${name}.`));
        return left.length === Object.keys(before).length ? before : Object.fromEntries(left);
      });
    },
    [setTyped],
  );
  const reset = useCallback(() => {
    setErrors({});
    forget();
  }, [forget]);
  const inForce = useMemo(() => underRules(object, { base, typed, around }), [object, base, typed, around]);
  return { object, ...inForce, isDirty: Object.keys(typed).length > 0, errors, isRestored, offered, set, setErrors: setRefused, reset };
}

type Typing = { readonly base: RecordValues; readonly typed: RecordValues; readonly around: Circumstances };

/**
 * What was typed, under the conditions of the fields: what is hidden or closed now is not changed, and is as it was when it comes back.
 * A field is closed when it is so before and after, as the server sees it; in a new record there is no before.
 */
function underRules(
  object: BusinessObject,
  { base, typed, around }: Typing,
): Pick<RecordForm, 'values' | 'changes' | 'toSave' | 'fieldAt'> {
  const isNew = base['id'] === undefined;
  const began = statesOf(object, base, around);
  const first = statesOf(object, { ...base, ...typed }, around);
  const isClosed = (field: Field, { isReadOnly }: FieldState): boolean => isReadOnly && (isNew || began(field).isReadOnly);
  const isShut = (field: Field): boolean => !first(field).isVisible || isClosed(field, first(field));
  const shut = new Set(object.fields.filter(isShut).flatMap((field) => [field.name, apiName(field)]));
  const open = (values: RecordValues): RecordValues => Object.fromEntries(Object.entries(values).filter(([name]) => !shut.has(name)));
  const kept = shut.size === 0 ? typed : open(typed);
  const choosing = object.fields.filter((field) => field.options !== undefined && !shut.has(field.name));
  const lost = choosing.flatMap((field) => lostChoice(field, { base, now: { ...base, ...kept }, states: { began, now: first } }));
  const changes = { ...kept, ...Object.fromEntries(lost) };
  const values = { ...base, ...changes };
  const states = statesOf(object, values, around);
  const fieldAt = (field: Field): Field | null => {
    const state = states(field);
    if (!state.isVisible) return null;
    const ruled = { ...field, required: state.isRequired, editable: field.editable && !isClosed(field, state) };
    return withOffered(ruled, state, values[apiName(field)]);
  };
  return { values, changes, toSave: isNew ? open(values) : changes, fieldAt };
}

type Choosing = {
  readonly base: RecordValues;
  readonly now: RecordValues;
  readonly states: { readonly began: (field: Field) => FieldState; readonly now: (field: Field) => FieldState };
};

/** A choice that the record does not offer any more is empty, unless it was there without being offered. */
function lostChoice(field: Field, { base, now, states }: Choosing): readonly (readonly [string, unknown])[] {
  const name = apiName(field);
  const held = keysOf(now[name]);
  const had = keysOf(base[name]).filter((key) => !states.began(field).offers(key));
  const left = held.filter((key) => states.now(field).offers(key) || had.includes(key));
  if (left.length === held.length) return [];
  return [[name, Array.isArray(now[name]) ? left : null]];
}
