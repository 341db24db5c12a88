import { ActionIcon, Button, Group, MultiSelect, Popover, SegmentedControl, Select, Stack, Text, TextInput } from '@mantine/core';
import { IconFilter, IconPlus, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import type { BusinessObject, Field } from '#admin-ui/src/api/metadata.ts';
import { useFieldUis } from '#admin-ui/src/fields/field-ui.ts';
import { textOf } from '#admin-ui/src/fields/input-frame.ts';
import { OFFERED_OPERATORS, type OfferedOperator } from '#admin-ui/src/fields/operators.ts';
import { useTexts } from '#admin-ui/src/i18n/index.ts';
import { conditionsOf, filterOf, newCondition, type Condition, type Conditions } from './conditions.ts';
import { listableFields } from './list-query.ts';
import type { FilterNode } from './list-state.ts';

type Props = {
  readonly object: BusinessObject;
  readonly filter: FilterNode | undefined;
  /** Open, perhaps to ask about one field; null: closed. */
  readonly filtering: Filtering | null;
  readonly onFiltering: (filtering: Filtering | null) => void;
  readonly onChange: (filter: FilterNode | undefined) => void;
};

export type Filtering = { readonly field?: Field };

/** Conditions, joined by all or any, applied as they are completed. */
export function FilterBuilder({ object, filter, filtering, onFiltering, onChange }: Props) {
  const { t } = useTexts();
  const fields = listableFields(object).filter((field) => OFFERED_OPERATORS[field.type] !== undefined);
  const given = conditionsOf(filter, fields);
  const [edited, setEdited] = useState<Conditions | null>(null);
  const conditions = edited ?? askedAbout(given, filtering?.field);
  const count = given?.lines.length ?? 1;
  const close = (): void => {
    setEdited(null);
    onFiltering(null);
  };
  const apply = (next: Conditions): void => {
    setEdited(next);
    onChange(filterOf(next, fields));
  };
  return (
    <Popover
      position="bottom-start"
      shadow="md"
      width="min(640px, 94vw)"
      trapFocus
      opened={filtering !== null}
      onDismiss={close}
      onClose={() => setEdited(null)}
      withinPortal
    >
      <Popover.Target>
        <Button
          variant={count > 0 ? 'light' : 'default'}
          leftSection={<IconFilter size={16} aria-hidden />}
          onClick={() => (filtering ? close() : onFiltering({}))}
        >
          {count > 0 ? t('filter.active', { count }) : t('filter.title')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('filter.title')}>
        {conditions === null ? (
          <Stack gap="xs" align="flex-start">
            <Text size="sm">{t('filter.advanced')}</Text>
            <Button size="compact-sm" variant="light" onClick={() => onChange(undefined)}>
              {t('filter.clear')}
            </Button>
          </Stack>
        ) : (
          <Lines fields={fields} conditions={conditions} onChange={apply} />
        )}
      </Popover.Dropdown>
    </Popover>
  );
}

/** The conditions with a new one on the field that was asked about, unless there is one. */
function askedAbout(given: Conditions | null, field: Field | undefined): Conditions | null {
  if (!given || !field || given.lines.some((line) => line.field === field.name)) return given;
  return { ...given, lines: [...given.lines, newCondition(field)] };
}

type LinesProps = { readonly fields: readonly Field[]; readonly conditions: Conditions; readonly onChange: (next: Conditions) => void };

function Lines({ fields, conditions, onChange }: LinesProps) {
  const { t } = useTexts();
  const { lines, match } = conditions;
  const set = (index: number, line: Condition): void => onChange({ match, lines: lines.map((one, at) => (at === index ? line : one)) });
  const first = fields[0];
  return (
    <Stack gap="xs">
      {lines.length > 1 && (
        <SegmentedControl
          size="xs"
          value={match}
          aria-label={t('filter.match')}
          onChange={(value) => onChange({ match: value === 'or' ? 'or' : 'and', lines })}
          data={[
            { value: 'and', label: t('filter.all') },
            { value: 'or', label: t('filter.any') },
          ]}
        />
      )}
      {lines.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('filter.none')}
        </Text>
      )}
      {lines.map((line, index) => (
        <Line
          key={index}
          line={line}
          fields={fields}
          onChange={(next) => set(index, next)}
          onRemove={() => onChange({ match, lines: lines.filter((_line, at) => at !== index) })}
        />
      ))}
      <Group justify="space-between">
        <Button
          size="compact-sm"
          variant="subtle"
          leftSection={<IconPlus size={14} />}
          disabled={first === undefined || lines.length >= 20}
          onClick={() => first && onChange({ match, lines: [...lines, newCondition(first)] })}
        >
          {t('filter.add')}
        </Button>
        {lines.length > 0 && (
          <Button size="compact-sm" variant="subtle" color="gray" onClick={() => onChange({ match, lines: [] })}>
            {t('filter.clear')}
          </Button>
        )}
      </Group>
    </Stack>
  );
}

type LineProps = {
  readonly line: Condition;
  readonly fields: readonly Field[];
  readonly onChange: (line: Condition) => void;
  readonly onRemove: () => void;
};

function Line({ line, fields, onChange, onRemove }: LineProps) {
  const { t, say } = useTexts();
  const field = fields.find((one) => one.name === line.field);
  const operators = field ? (OFFERED_OPERATORS[field.type] ?? []) : [];
  return (
    <Group gap={6} wrap="nowrap" align="flex-start">
      <Select
        w={190}
        allowDeselect={false}
        aria-label={t('filter.field')}
        data={fields.map((one) => ({ value: one.name, label: say(one.label) }))}
        value={line.field}
        comboboxProps={{ withinPortal: false }}
        onChange={(name) => {
          const chosen = fields.find((one) => one.name === name);
          if (chosen) onChange(newCondition(chosen));
        }}
      />
      <Select
        w={150}
        allowDeselect={false}
        aria-label={t('filter.operator')}
        data={operators.map((one) => ({ value: one, label: t(`operator.${one}`) }))}
        value={line.operator}
        comboboxProps={{ withinPortal: false }}
        onChange={(chosen) => {
          const operator = operators.find((one) => one === chosen);
          if (operator)
            onChange({ ...line, operator, value: sameKind(line.operator, operator) ? line.value : operator === 'isNull' ? true : null });
        }}
      />
      <div className="grow">{field && <ValueInput field={field} line={line} onChange={(value) => onChange({ ...line, value })} />}</div>
      <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t('filter.remove')} onClick={onRemove}>
        <IconX size={16} />
      </ActionIcon>
    </Group>
  );
}

const SETS: readonly OfferedOperator[] = ['in', 'nin', 'anyOf', 'allOf', 'noneOf'];

function sameKind(left: OfferedOperator, right: OfferedOperator): boolean {
  return SETS.includes(left) === SETS.includes(right) && (left === 'isNull') === (right === 'isNull');
}

type ValueProps = { readonly field: Field; readonly line: Condition; readonly onChange: (value: unknown) => void };

function ValueInput({ field, line, onChange }: ValueProps) {
  const { t, say } = useTexts();
  const { Input } = useFieldUis()(field);
  const label = t('filter.value');
  if (line.operator === 'isNull' || field.type === 'boolean') {
    const [yes, no] = line.operator === 'isNull' ? [t('filter.isEmpty'), t('filter.isFilled')] : [t('field.yes'), t('field.no')];
    return (
      <Select
        aria-label={label}
        allowDeselect={false}
        data={[
          { value: 'true', label: yes },
          { value: 'false', label: no },
        ]}
        value={textOf(line.value ?? true)}
        comboboxProps={{ withinPortal: false }}
        onChange={(value) => onChange(value === 'true')}
      />
    );
  }
  if (SETS.includes(line.operator)) {
    return (
      <MultiSelect
        aria-label={label}
        data={(field.options ?? []).map((option) => ({ value: option.key, label: say(option.label) }))}
        value={Array.isArray(line.value) ? line.value.map(String) : []}
        comboboxProps={{ withinPortal: false }}
        onChange={(keys) => onChange(keys)}
      />
    );
  }
  if (field.type === 'address' || ['contains', 'startsWith', 'endsWith'].includes(line.operator)) {
    return <TextInput aria-label={label} value={textOf(line.value)} onChange={(event) => onChange(event.currentTarget.value)} />;
  }
  const asked: Field = { ...field, editable: true, required: false, label: { en: label } };
  return (
    <div className="filter-value">
      <Input field={asked} value={line.value} record={{}} isBare onChange={onChange} />
    </div>
  );
}
