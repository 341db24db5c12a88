import { Button, Checkbox, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { Field } from '#admin-ui/src/api/metadata.ts';
import { useTexts } from '#admin-ui/src/i18n/index.ts';
import { ConditionLines } from '#admin-ui/src/screens/list/condition-lines.tsx';
import { conditionsOf, filterOf, newCondition, ruleOperators, type Conditions } from '#admin-ui/src/screens/list/conditions.ts';
import type { FilterNode } from '#admin-ui/src/screens/list/list-state.ts';

type Props = {
  readonly label: string;
  readonly description?: string;
  /** The fields that may be asked about. */
  readonly fields: readonly Field[];
  readonly filter: FilterNode | undefined;
  readonly error?: string | undefined;
  readonly onChange: (filter: FilterNode | undefined) => void;
};

/** One condition on a record, there when it is ticked. One that lines cannot say is shown as it is written, and kept. */
export function ConditionEditor({ label, description, fields, filter, error, onChange }: Props) {
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
        label={label}
        description={description}
        checked={isOn}
        disabled={first === undefined}
        error={error}
        onChange={(event) =>
          apply(event.currentTarget.checked && first ? { match: 'and', lines: [newCondition(first, ruleOperators(first))] } : null)
        }
      />
      {isOn && (
        <Stack gap="xs" mt="xs" pl="xl" role="group" aria-label={label}>
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
