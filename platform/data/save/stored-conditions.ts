import type { FieldError } from '#platform/kernel/errors.ts';
import { plainText } from '#platform/kernel/json.ts';
import type { FieldDefinition, ObjectDefinition } from '#platform/kernel/model.ts';
import type { RecordValues } from '#platform/kernel/module.ts';
import { askedProblem } from '#platform/metadata/condition-check.ts';
import { conditionProblem } from '#platform/metadata/condition-shape.ts';
import { perObject } from '#platform/metadata/per-object.ts';
import { apiNameOf } from '#platform/metadata/schema-index.ts';
import type { Saving } from './saving.ts';

/** What is wrong with the conditions that a record holds: with their form, or with what they ask of the object that they are about. */
export function storedConditionErrors(saving: Saving, object: ObjectDefinition, record: RecordValues): readonly FieldError[] {
  return conditionFields(saving.index, object).flatMap((field) => {
    const key = apiNameOf(field);
    const value = record[key];
    if (value === null || value === undefined) return [];
    const name = field.objectField === undefined ? object.name : plainText(record[field.objectField]);
    const asked = saving.index.byName.get(name) ?? saving.index.foreign.get(name);
    const wrong = conditionProblem(value) ?? (asked ? askedProblem(asked, value)?.message : 'It is not said which object is asked about.');
    return wrong === undefined ? [] : [{ pointer: `/${key}`, field: key, rule: 'condition', message: `${field.label.en}: ${wrong}` }];
  });
}

const conditionFields = perObject((index, object): readonly FieldDefinition[] =>
  index.fieldsOf(object).all.filter(({ type }) => type === 'condition'),
);
