import { plainText } from '#platform/kernel/json.ts';
import { Refusal } from '#platform/kernel/errors.ts';
import type { FieldDefinition, ObjectDefinition } from '#platform/kernel/model.ts';
import type { RecordValues } from '#platform/kernel/module.ts';
import { apiNameOf } from '#platform/metadata/schema-index.ts';

/** The unique values that rows of a dry run took, which the database has forgotten with the batch that it took back. */
export type TakenValues = {
  /** Refuses (`duplicate`) a new record with a value that an earlier row has; `except`: the key that would have found that row. */
  readonly refuse: (object: ObjectDefinition, record: RecordValues, except: string | null) => void;
  readonly has: (key: string, record: RecordValues) => boolean;
  readonly take: (object: ObjectDefinition, record: RecordValues) => void;
};

/** Nothing is taken yet. */
export function openTakenValues(): TakenValues {
  const taken = new Set<string>();
  const has = (key: string, record: RecordValues): boolean => taken.has(entryOf(key, record));
  return Object.freeze({
    has,
    refuse: (object: ObjectDefinition, record: RecordValues, except: string | null) => {
      const field = uniqueFields(object, record).find((one) => apiNameOf(one) !== except && has(apiNameOf(one), record));
      if (field) throw duplicate(field, record);
    },
    take: (object: ObjectDefinition, record: RecordValues) =>
      uniqueFields(object, record).forEach((field) => taken.add(entryOf(apiNameOf(field), record))),
  });
}

/** What the platform draws itself is drawn anew for every batch. */
const DRAWN: readonly string[] = ['autoNumber', 'documentNumber'];

function uniqueFields(object: ObjectDefinition, record: RecordValues): readonly FieldDefinition[] {
  return object.fields.filter(
    (field) =>
      field.unique === true && field.state === 'active' && !DRAWN.includes(field.type) && (record[apiNameOf(field)] ?? null) !== null,
  );
}

function entryOf(key: string, record: RecordValues): string {
  return `${key} ${plainText(record[key])}`;
}

function duplicate(field: FieldDefinition, record: RecordValues): Refusal {
  const key = apiNameOf(field);
  const message = `${field.label.en} ${plainText(record[key]).slice(0, 80)} stands in an earlier row already.`;
  return new Refusal('duplicate', message, { errors: [{ pointer: `/${key}`, field: key, rule: 'unique', message }] });
}
