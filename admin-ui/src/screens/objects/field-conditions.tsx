import { Button, Checkbox, Fieldset, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { CONDITION_SETTINGS, type ConditionSetting } from '#platform/kernel/conditions/field-rules.ts';
import type { BusinessObject, Field } from '#admin-ui/src/api/metadata.ts';
import { useTexts } from '#admin-ui/src/i18n/index.ts';
import { ConditionLines } from '#admin-ui/src/screens/list/condition-lines.tsx';
import { conditionsOf, filterOf, newCondition, ruleOperators, type Conditions } from '#admin-ui/src/screens/list/conditions.ts';
import { listableFields } from '#admin-ui/src/screens/list/list-query.ts';
import type { FilterNode } from '#admin-ui/src/screens/list/list-state.ts';
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
const GIVEN: readonly string[] = ['autoNumber', 'documentNumber', 'relatedValue', 'snapshot', 'status'];

/** When a field is shown, required and closed, by what stands in the other fields of its record. */
export function FieldConditions({ object, draft, field, problems, onChange }: Props) {
  const { t } = useTexts();
  const isGiven = field?.readOnly === true || GIVEN.includes(draft.type);
  const offered = CONDITION_SETTINGS.filter(
    (setting) => setting === 'visibleWhen' || (!isGiven && !(setting === 'requiredWhen' && draft.required)),
  );
  const living = listableFields(object).filter((one) => one.state !== 'retired' && ruleOperators(one).length > 0);
  const others = living.filter((one) => one.id !== field?.id);
  return (
    <Fieldset legend={t('condition.title')}>
      <Stack gap="sm">
        {offered.map((setting) => (
          <ConditionOf
            key={setting}
            setting={setting}
            fields={setting === 'visibleWhen' ? others : living}
            filter={draft.conditions[setting]}
            error={problems[setting]}
            onChange={(filter) => onChange({ conditions: { ...draft.conditions, [setting]: filter } })}
          />
        ))}
      </Stack>
    </Fieldset>
  );
}

type ConditionProps = {
  readonly setting: ConditionSetting;
  readonly fields: readonly Field[];
  readonly filter: FilterNode | undefined;
  readonly error: string | undefined;
  readonly onChange: (filter: FilterNode | undefined) => void;
};

function ConditionOf({ setting, fields, filter, error, onChange }: ConditionProps) {
  const { t } = useTexts();
  const [edited, setEdited] = useState<Conditions | null>(null);
  const isOn = filter !== undefined || edited !== null;
  const first = fields[0];
  const conditions = edited ?? conditionsOf(filter, fields);
  const apply = (next: Conditions | null): void => {
    setEdited(next);
    onChange(next === null ? undefined : filterOf(next, fields));
  };
  return (
    <div>
      <Checkbox
        label={t(`condition.${setting}`)}
        description={t(`condition.${setting}.help`)}
        checked={isOn}
        disabled={first === undefined}
        error={error}
        onChange={(event) =>
          apply(event.currentTarget.checked && first ? { match: 'and', lines: [newCondition(first, ruleOperators(first))] } : null)
        }
      />
      {isOn && (
        <Stack gap="xs" mt="xs" pl="xl" role="group" aria-label={t(`condition.${setting}`)}>
          {conditions ? (
            <ConditionLines fields={fields} operatorsOf={ruleOperators} conditions={conditions} onChange={apply} />
          ) : (
            <>
              <Text size="sm">{t('condition.advanced')}</Text>
              <code className="code-line">{JSON.stringify(filter)}</code>
              <Button size="compact-sm" variant="light" w="fit-content" onClick={() => apply(null)}>
                {t('condition.clear')}
              </Button>
            </>
          )}
          {filter === undefined && (
            <Text size="xs" c="dimmed">
              {t('condition.incomplete')}
            </Text>
          )}
        </Stack>
      )}
    </div>
  );
}
