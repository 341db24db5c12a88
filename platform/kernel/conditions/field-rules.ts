import type { StorageKind } from '../field-types/field-type.ts';
import { isRecord } from '../is-record.ts';
import type { Condition, FieldDefinition } from '../model.ts';
import { trusted } from '../seam.ts';
import type { Circumstances } from './compare.ts';
import { isMet } from './is-met.ts';
import { namesIn } from './names.ts';

/** The settings of a field that are conditions. */
export const CONDITION_SETTINGS = ['visibleWhen', 'requiredWhen', 'readOnlyWhen'] as const;
export type ConditionSetting = (typeof CONDITION_SETTINGS)[number];

/** What a field's conditions make of it in one record. `isRequired` counts its plain `required` too; what is hidden is never required. */
export type FieldState = {
  readonly isVisible: boolean;
  readonly isRequired: boolean;
  readonly isReadOnly: boolean;
  /** Whether an option may be chosen: it is not retired, and its condition is met. */
  readonly offers: (option: string) => boolean;
};

/** The settings of a field that rule it. */
export type Ruled = Pick<FieldDefinition, 'required' | 'options' | ConditionSetting>;

/** A field as its rules see it: `key` is its API name. */
export type RuledField = Ruled & { readonly key: string; readonly storage: StorageKind };

/** The conditions of an object's fields, by API name, and how the values are stored that they ask about. */
export type FieldRules = {
  readonly ruled: ReadonlyMap<string, Rule>;
  readonly storages: ReadonlyMap<string, StorageKind>;
};

type Rule = { readonly [setting in ConditionSetting]?: Condition | undefined } & {
  readonly required: boolean;
  /** Options that are not always offered: never (null), or under a condition. */
  readonly options: ReadonlyMap<string, Condition | null>;
};

/** Every condition of a field, its options' too, and where in the definition it stands. */
export function conditionsOf(field: Ruled): readonly { readonly at: string; readonly condition: Condition }[] {
  const own = CONDITION_SETTINGS.map((setting) => ({ at: `/${setting}`, condition: field[setting] }));
  const ofOptions = (field.options ?? []).map(({ visibleWhen }, index) => ({
    at: `/options/${index}/visibleWhen`,
    condition: visibleWhen,
  }));
  return [...own, ...ofOptions].flatMap(({ at, condition }) => (condition === undefined ? [] : [{ at, condition }]));
}

/** The field with each of its conditions as `change` makes it; without those of which it makes undefined. */
export function withConditions<F extends Ruled>(field: F, change: (condition: Condition) => Condition | undefined): F {
  if (conditionsOf(field).length === 0) return field;
  const changed = (holder: object, settings: readonly string[]): object => {
    const entries = Object.entries(holder).flatMap(([name, value]) => {
      const made = settings.includes(name) && isRecord(value) ? change(trusted<Condition>(value)) : trusted<unknown>(value);
      return made === undefined ? [] : [[name, made] as const];
    });
    return Object.fromEntries(entries);
  };
  const options = field.options?.map((option) => changed(option, ['visibleWhen']));
  return trusted<F>({ ...changed(field, CONDITION_SETTINGS), ...(options ? { options } : {}) });
}

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
    .filter((field) => conditionsOf(field).length > 0 || field.options?.some((option) => option.retired === true) === true)
    .map((field): readonly [string, Rule] => [
      field.key,
      {
        required: field.required === true,
        visibleWhen: known(field.visibleWhen),
        requiredWhen: known(field.requiredWhen),
        readOnlyWhen: known(field.readOnlyWhen),
        options: new Map(
          (field.options ?? []).flatMap(({ key, retired, visibleWhen }) => {
            const condition = retired === true ? null : known(visibleWhen);
            return condition === undefined ? [] : [[key, condition] as const];
          }),
        ),
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
      offers: (option) => {
        const condition = rule.options.get(option);
        return condition === undefined || (condition !== null && meets(condition));
      },
    };
  };
}

const ALWAYS: FieldState = { isVisible: true, isRequired: false, isReadOnly: false, offers: () => true };
