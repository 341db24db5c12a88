import type { StorageKind } from '../field-types/field-type.ts';
import type { Condition, FieldDefinition } from '../model.ts';
import type { Circumstances } from './compare.ts';
import { isMet } from './is-met.ts';
import { namesIn } from './names.ts';

/** The settings of a field that are conditions. */
export const CONDITION_SETTINGS = ['visibleWhen', 'requiredWhen', 'readOnlyWhen'] as const;
export type ConditionSetting = (typeof CONDITION_SETTINGS)[number];

/** What a field's conditions make of it in one record. `isRequired` counts its plain `required` too; what is hidden is never required. */
export type FieldState = { readonly isVisible: boolean; readonly isRequired: boolean; readonly isReadOnly: boolean };

/** A field as its rules see it: `key` is its API name. */
export type RuledField = Pick<FieldDefinition, 'required' | ConditionSetting> & { readonly key: string; readonly storage: StorageKind };

/** The conditions of an object's fields, by API name, and how the values are stored that they ask about. */
export type FieldRules = {
  readonly ruled: ReadonlyMap<string, Rule>;
  readonly storages: ReadonlyMap<string, StorageKind>;
};

type Rule = { readonly [setting in ConditionSetting]?: Condition | undefined } & { readonly required: boolean };

/** Whether a value must be there whatever else the record says. */
export function isAlwaysRequired(field: Pick<FieldDefinition, 'required' | 'visibleWhen'>): boolean {
  return field.required === true && field.visibleWhen === undefined;
}

/** The rules of the fields that have any. A condition on a field that is not there (for this reader) rules nothing. */
export function fieldRules(fields: readonly RuledField[]): FieldRules {
  const storages = new Map(fields.map((field) => [field.key, field.storage]));
  const known = (condition: Condition | undefined): Condition | undefined =>
    condition !== undefined && [...namesIn(condition)].every((name) => storages.has(name)) ? condition : undefined;
  const ruled = fields
    .filter((field) => CONDITION_SETTINGS.some((setting) => field[setting] !== undefined))
    .map((field): readonly [string, Rule] => [
      field.key,
      {
        required: field.required === true,
        visibleWhen: known(field.visibleWhen),
        requiredWhen: known(field.requiredWhen),
        readOnlyWhen: known(field.readOnlyWhen),
      },
    ]);
  return { ruled: new Map(ruled), storages };
}

/**
 * The states of the fields of one record, by API name. A hidden field counts as empty to the conditions of others, so that what depends on it
 * is hidden with it.
 */
export function fieldStates(
  { ruled, storages }: FieldRules,
  values: { readonly [name: string]: unknown },
  around: Circumstances,
): (name: string) => FieldState {
  const visible = new Map<string, boolean>();
  const meets = (condition: Condition): boolean =>
    isMet(condition, { valueOf: (name) => (isVisible(name) ? values[name] : null), storages, around });
  const isVisible = (name: string): boolean => {
    const known = visible.get(name);
    const condition = ruled.get(name)?.visibleWhen;
    if (known !== undefined || condition === undefined) return known ?? true;
    // Definitions in a circle are refused; should one be there, it ends here.
    visible.set(name, true);
    const found = meets(condition);
    visible.set(name, found);
    return found;
  };
  return (name) => {
    const rule = ruled.get(name);
    if (!rule) return ALWAYS;
    const isShown = isVisible(name);
    return {
      isVisible: isShown,
      isRequired: isShown && (rule.required || (rule.requiredWhen !== undefined && meets(rule.requiredWhen))),
      isReadOnly: rule.readOnlyWhen !== undefined && meets(rule.readOnlyWhen),
    };
  };
}

const ALWAYS: FieldState = { isVisible: true, isRequired: false, isReadOnly: false };
