import { DRAWN_TYPES } from '#platform/kernel/given-types.ts';
import { plainText } from '#platform/kernel/json.ts';
import { faultAt, Refusal } from '#platform/kernel/errors.ts';
import type { FieldDefinition, ObjectDefinition } from '#platform/kernel/model.ts';
import type { RecordValues } from '#platform/kernel/module.ts';
import { sentence } from '#platform/kernel/sentence.ts';
import { apiNameOf } from '#platform/metadata/schema-index.ts';
import { fieldsTogether } from '#platform/metadata/unique-together.ts';
import { openDigestSet } from './digest-set.ts';

/** The unique values that rows of a dry run took, which the database has forgotten with the batch that it took back. A file has millions of them. */
export type TakenValues = {
  /** Refuses (`duplicate`) a new record with a value that an earlier row has; `except`: the key that would have found that row. */
  readonly refuse: (object: ObjectDefinition, record: RecordValues, except: string | null) => void;
  readonly has: (key: string, record: RecordValues) => boolean;
  readonly take: (object: ObjectDefinition, record: RecordValues) => void;
};

/** Nothing is taken yet. */
export function openTakenValues(): TakenValues {
  const taken = openDigestSet();
  const has = (keys: readonly string[], record: RecordValues): boolean => taken.has(entryOf(keys, record));
  return Object.freeze({
    has: (key: string, record: RecordValues) => has([key], record),
    refuse: (object: ObjectDefinition, record: RecordValues, except: string | null) => {
      const isTaken = (fields: readonly FieldDefinition[]): boolean => {
        const keys = fields.map((field) => apiNameOf(field));
        return !(keys.length === 1 && keys[0] === except) && has(keys, record);
      };
      const rule = uniqueRules(object, record).find(isTaken);
      if (rule) throw duplicate(rule, record);
    },
    take: (object: ObjectDefinition, record: RecordValues) =>
      uniqueRules(object, record).forEach((fields) =>
        taken.add(
          entryOf(
            fields.map((field) => apiNameOf(field)),
            record,
          ),
        ),
      ),
  });
}

/** The fields that are unique, alone or together, as far as the record has values in them. What the platform draws itself is drawn anew for every batch. */
function uniqueRules(object: ObjectDefinition, record: RecordValues): readonly (readonly FieldDefinition[])[] {
  const alone = object.fields.filter((field) => field.unique === true && field.state === 'active').map((field) => [field]);
  const together = (object.uniqueTogether ?? []).flatMap((names) => {
    const fields = fieldsTogether(object, names);
    return fields ? [fields] : [];
  });
  return [...alone, ...together].filter((fields) =>
    fields.every((field) => !DRAWN_TYPES.includes(field.type) && (record[apiNameOf(field)] ?? null) !== null),
  );
}

function entryOf(keys: readonly string[], record: RecordValues): string {
  return keys.map((key) => `${key} ${plainText(record[key])}`).join('\u0000');
}

function duplicate(fields: readonly FieldDefinition[], record: RecordValues): Refusal {
  const valueOf = (field: FieldDefinition): string => plainText(record[apiNameOf(field)]).slice(0, 80);
  const said = sentence(
    (of) => `${fields.map((field) => `${of(field)} ${valueOf(field)}`).join(' with ')} stands in an earlier row already.`,
    (of) => `${fields.map((field) => `${of(field)} ${valueOf(field)}`).join(' mit ')} steht schon in einer früheren Zeile.`,
  );
  const errors = fields.map((field) => faultAt({ pointer: `/${apiNameOf(field)}`, field: apiNameOf(field), rule: 'unique' }, said));
  return new Refusal('duplicate', said, { errors });
}
