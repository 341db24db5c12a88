import { ActionIcon, Button, Group, MultiSelect, SegmentedControl, Select, Stack, Text, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import type { Field } from '#admin-ui/src/api/metadata.ts';
import { ComputedValue, isComputed } from '#admin-ui/src/fields/computed-value.tsx';
import { useFieldUis } from '#admin-ui/src/fields/field-ui.ts';
import { textOf } from '#admin-ui/src/fields/input-frame.ts';
import type { OfferedOperator } from '#admin-ui/src/fields/operators.ts';
import { useTexts } from '#admin-ui/src/i18n/index.ts';
import { newCondition, type Condition, type Conditions, type OperatorsOf } from './conditions.ts';

type Props = {
  readonly fields: readonly Field[];
  /** What may be asked of a field; the first is what a new line begins with. */
  readonly operatorsOf: OperatorsOf;
  readonly conditions: Conditions;
  /** What the button says that takes all lines away; absent: there is none. */
  readonly clearText?: string;
  readonly onChange: (next: Conditions) => void;
};

/** Conditions line by line, joined by all or any: of a list's filter, and of a field's rules. */
export function ConditionLines({ fields, operatorsOf, conditions, clearText, onChange }: Props) {
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
          operatorsOf={operatorsOf}
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
          onClick={() => first && onChange({ match, lines: [...lines, newCondition(first, operatorsOf(first))] })}
        >
          {t('filter.add')}
        </Button>
        {lines.length > 0 && clearText !== undefined && (
          <Button size="compact-sm" variant="subtle" color="gray" onClick={() => onChange({ match, lines: [] })}>
            {clearText}
          </Button>
        )}
      </Group>
    </Stack>
  );
}

type LineProps = {
  readonly line: Condition;
  readonly fields: readonly Field[];
  readonly operatorsOf: OperatorsOf;
  readonly onChange: (line: Condition) => void;
  readonly onRemove: () => void;
};

function Line({ line, fields, operatorsOf, onChange, onRemove }: LineProps) {
  const { t, say } = useTexts();
  const field = fields.find((one) => one.name === line.field);
  const operators = field ? operatorsOf(field) : [];
  return (
    <div className="condition-line">
      <Select
        allowDeselect={false}
        searchable={fields.length > 12}
        aria-label={t('filter.field')}
        data={fields.map((one) => ({ value: one.name, label: say(one.label) }))}
        value={line.field}
        comboboxProps={{ withinPortal: false }}
        onChange={(name) => {
          const chosen = fields.find((one) => one.name === name);
          if (chosen) onChange(newCondition(chosen, operatorsOf(chosen)));
        }}
      />
      <Select
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
      <div className="condition-value">
        {field && <ValueInput field={field} line={line} onChange={(value) => onChange({ ...line, value })} />}
      </div>
      <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t('filter.remove')} onClick={onRemove}>
        <IconX size={16} />
      </ActionIcon>
    </div>
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
  const isWorkedOut = isComputed(field.type, line.value);
  const asked: Field = { ...field, editable: true, required: false, label: { en: label } };
  return (
    <>
      {!isWorkedOut && (
        <div className="filter-value">
          <Input field={asked} value={line.value} record={{}} isBare onChange={onChange} />
        </div>
      )}
      <ComputedValue use="filter" type={field.type} value={line.value} onChange={onChange} />
    </>
  );
}
