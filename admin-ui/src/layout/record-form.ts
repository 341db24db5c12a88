import { useCallback, useEffect, useMemo, useState } from 'react';
import { apiName, type BusinessObject, type Field } from '../api/metadata.ts';
import type { RecordValues } from '../api/records.ts';
import { rowsOf, rowToSend } from '../fields/line-rows.ts';
import { draftAt, forgetDraft, keepDraft } from './drafts.ts';

/** A record being written: what it was, what it is now, what the server said about it. */
export type RecordForm = {
  readonly object: BusinessObject;
  /** As loaded, with what was typed on top: what the screen shows. */
  readonly values: RecordValues;
  /** What was typed, by API name. */
  readonly changes: RecordValues;
  readonly isDirty: boolean;
  /** Sentences by path: `name`, `lines.0.quantity`. */
  readonly errors: { readonly [path: string]: string };
  /** Input of an earlier visit was found. */
  readonly isRestored: boolean;
  readonly set: (field: Field, value: unknown, chosen?: RecordValues | null) => void;
  readonly setErrors: (errors: { readonly [path: string]: string }) => void;
  readonly reset: () => void;
};

/**
 * The form's state. `place` names the page for unsaved input: it survives a reload and the sign-in.
 * `base` is the record as loaded, or the values a new one begins with.
 */
export function useRecordForm(object: BusinessObject, base: RecordValues, place: string): RecordForm {
  const [changes, setChanges] = useState<RecordValues>(() => draftAt(place) ?? {});
  const [isRestored, setRestored] = useState(() => draftAt(place) !== null);
  const [errors, setErrors] = useState<{ readonly [path: string]: string }>({});
  useEffect(() => {
    if (Object.keys(changes).length > 0) keepDraft(place, changes);
  }, [changes, place]);
  const set = useCallback((field: Field, value: unknown, chosen?: RecordValues | null) => {
    const name = apiName(field);
    setChanges((before) => ({ ...before, [name]: value, ...(chosen === undefined ? {} : { [field.name]: chosen }) }));
    setErrors((before) => Object.fromEntries(Object.entries(before).filter(([path]) => path !== name && !path.startsWith(`${name}.`))));
  }, []);
  const reset = useCallback(() => {
    setChanges({});
    setErrors({});
    setRestored(false);
    forgetDraft(place);
  }, [place]);
  const values = useMemo(() => ({ ...base, ...changes }), [base, changes]);
  return { object, values, changes, isDirty: Object.keys(changes).length > 0, errors, isRestored, set, setErrors, reset };
}

/** The changes as the API takes them: fields alone, rows without what only the screen knows. */
export function toSend(object: BusinessObject, changes: RecordValues, childOf: (name: string) => BusinessObject | undefined): RecordValues {
  const entries = object.fields.flatMap((field): readonly (readonly [string, unknown])[] => {
    const name = apiName(field);
    if (!(name in changes)) return [];
    if (field.type !== 'children') return [[name, changes[name]]];
    const fields = childOf(field.child ?? '')?.fields ?? [];
    return [[name, rowsOf(changes[name]).map((row) => rowToSend(row, fields))]];
  });
  return Object.fromEntries(entries);
}
