import { Fieldset, Stack } from '@mantine/core';
import { CONDITION_SETTINGS } from '#platform/kernel/conditions/field-rules.ts';
import { GIVEN_TYPES } from '#platform/kernel/given-types.ts';
import type { BusinessObject, Field } from '#admin-ui/src/api/metadata.ts';
import { useTexts } from '#admin-ui/src/i18n/index.ts';
import { ruleOperators } from '#admin-ui/src/screens/list/conditions.ts';
import { listableFields } from '#admin-ui/src/screens/list/list-query.ts';
import { ConditionEditor } from './condition-editor.tsx';
import type { FieldDraft } from './field-draft.ts';

type Props = {
  readonly object: BusinessObject;
  readonly draft: FieldDraft;
  /** The field as it is; absent: it is being made. */
  readonly field?: Field | undefined;
  readonly problems: { readonly [path: string]: string };
  readonly onChange: (part: Partial<FieldDraft>) => void;
};

/** Types whose value the platform gives: they can be shown under a condition, and nothing else. */

/** When a field is shown, required and closed, by what stands in the other fields of its record. */
export function FieldConditions({ object, draft, field, problems, onChange }: Props) {
  const { t } = useTexts();
  const isGiven = field?.readOnly === true || draft.type === 'status' || GIVEN_TYPES.includes(draft.type);
  const offered = CONDITION_SETTINGS.filter(
    (setting) => setting === 'visibleWhen' || (!isGiven && !(setting === 'requiredWhen' && draft.required)),
  );
  const living = askedFields(object);
  return (
    <Fieldset legend={t('condition.title')}>
      <Stack gap="sm">
        {offered.map((setting) => (
          <ConditionEditor
            key={setting}
            label={t(`condition.${setting}`)}
            description={t(`condition.${setting}.help`)}
            fields={setting === 'visibleWhen' ? living.filter((one) => one.id !== field?.id) : living}
            filter={draft.conditions[setting]}
            error={problems[setting]}
            onChange={(filter) => onChange({ conditions: { ...draft.conditions, [setting]: filter } })}
          />
        ))}
      </Stack>
    </Fieldset>
  );
}

/** The fields that a condition may ask about. */
export function askedFields(object: BusinessObject): readonly Field[] {
  return listableFields(object).filter((field) => field.state !== 'retired' && ruleOperators(field).length > 0);
}
