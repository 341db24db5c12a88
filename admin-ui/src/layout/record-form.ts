import { useCallback, useEffect, useMemo, useState } from 'react';
import type { Circumstances } from '#platform/kernel/conditions/compare.ts';
import { apiName, type BusinessObject, type Field } from '../api/metadata.ts';
import type { RecordValues } from '../api/records.ts';
import { statesOf, useCircumstances } from '../fields/field-rules.ts';
import { draftAt, forgetDraft, keepDraft } from './drafts.ts';

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
  /** Input of an earlier visit was found. */
  readonly isRestored: boolean;
  /** The field as its conditions make it in this record: required or not, open or closed; null where it is hidden. */
  readonly fieldAt: (field: Field) => Field | null;
  readonly set: (field: Field, value: unknown, chosen?: RecordValues | null) => void;
  readonly setErrors: (errors: { readonly [path: string]: string }) => void;
  readonly reset: () => void;
};

/**
 * The form's state. `place` names the page for unsaved input: it survives a reload and the sign-in.
 * `base` is the record as loaded, or the values a new one begins with.
 */
export function useRecordForm(object: BusinessObject, base: RecordValues, place: string): RecordForm {
  const [typed, setTyped] = useState<RecordValues>(() => draftAt(place) ?? {});
  const [isRestored, setRestored] = useState(() => draftAt(place) !== null);
  const [errors, setErrors] = useState<{ readonly [path: string]: string }>({});
  const around = useCircumstances();
  useEffect(() => {
    if (Object.keys(typed).length > 0) keepDraft(place, typed);
  }, [typed, place]);
  const set = useCallback((field: Field, value: unknown, chosen?: RecordValues | null) => {
    const name = apiName(field);
    setTyped((before) => ({ ...before, [name]: value, ...(chosen === undefined ? {} : { [field.name]: chosen }) }));
    setErrors((before) => Object.fromEntries(Object.entries(before).filter(([path]) => path !== name && !path.startsWith(`${name}.`))));
  }, []);
  const reset = useCallback(() => {
    setTyped({});
    setErrors({});
    setRestored(false);
    forgetDraft(place);
  }, [place]);
  const inForce = useMemo(() => underRules(object, { base, typed, around }), [object, base, typed, around]);
  return { object, ...inForce, isDirty: Object.keys(typed).length > 0, errors, isRestored, set, setErrors, reset };
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
  const statesWith = (changes: RecordValues) => {
    const now = statesOf(object, { ...base, ...changes }, around);
    return (field: Field) => {
      const { isVisible, isRequired, isReadOnly } = now(field);
      return { isVisible, isRequired, isClosed: isReadOnly && (isNew || began(field).isReadOnly) };
    };
  };
  const first = statesWith(typed);
  const shut = new Set(
    object.fields.filter((field) => !first(field).isVisible || first(field).isClosed).flatMap((field) => [field.name, apiName(field)]),
  );
  const open = (values: RecordValues): RecordValues => Object.fromEntries(Object.entries(values).filter(([name]) => !shut.has(name)));
  const changes = shut.size === 0 ? typed : open(typed);
  const states = statesWith(changes);
  const fieldAt = (field: Field): Field | null => {
    const { isVisible, isRequired, isClosed } = states(field);
    return isVisible ? { ...field, required: isRequired, editable: field.editable && !isClosed } : null;
  };
  const values = { ...base, ...changes };
  return { values, changes, toSave: isNew ? open(values) : changes, fieldAt };
}
