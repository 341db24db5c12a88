import { ActionIcon, Button, Group, MultiSelect, SegmentedControl, Select, Stack, Text, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import type { Field } from '#admin-ui/src/api/metadata.ts';
import { ComputedValue, isComputed } from '#admin-ui/src/fields/computed-value.tsx';
import { useFieldUis } from '#admin-ui/src/fields/field-ui.ts';
import { textOf } from '#admin-ui/src/fields/input-frame.ts';
import type { OfferedOperator } from '#admin-ui/src/fields/operators.ts';
import { useTexts } from '#admin-ui/src/i18n/index.ts';
import { isGroup, newCondition, type Condition, type Conditions, type OperatorsOf } from './conditions.ts';

type Props = {
  readonly fields: readonly Field[];
  /** What may be asked of a field; the first is what a new line begins with. */
  readonly operatorsOf: OperatorsOf;
  readonly conditions: Conditions;
  /** What the button says that takes all lines away; absent: there is none. */
  readonly clearText?: string;
  /** How many groups are around these lines. */
  readonly depth?: number;
  readonly onChange: (next: Conditions) => void;
  /** Takes the group away that these lines are; absent: they are no group. */
  readonly onRemove?: () => void;
};

const DEPTH_MAX = 3;
const LINES_MAX = 20;

/** Conditions line by line and in groups, joined by all or any: of a list's filter, and of a field's rules. */
export function ConditionLines({ fields, operatorsOf, conditions, clearText, depth = 0, onChange, onRemove }: Props) {
  const { t } = useTexts();
  const { lines, match } = conditions;
  const set = (index: number, line: Condition | Conditions): void =>
    onChange({ match, lines: lines.map((one, at) => (at === index ? line : one)) });
  const remove = (index: number): void => onChange({ match, lines: lines.filter((_line, at) => at !== index) });
  const add = (line: Condition | Conditions): void => onChange({ match, lines: [...lines, line] });
  const first = fields[0];
  const isFull = first === undefined || lines.length >= LINES_MAX;
  return (
    <Stack gap="xs">
      {(lines.length > 1 || onRemove) && (
        <Group justify="space-between" wrap="nowrap">
          <Match match={match} onChange={(next) => onChange({ match: next, lines })} />
          {onRemove && <Remove text={t('filter.removeGroup')} onRemove={onRemove} />}
        </Group>
      )}
      {lines.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('filter.none')}
        </Text>
      )}
      {lines.map((line, index) =>
        isGroup(line) ? (
          <div key={index} className="condition-group" role="group" aria-label={t('filter.group')}>
            <ConditionLines
              fields={fields}
              operatorsOf={operatorsOf}
              conditions={line}
              depth={depth + 1}
              onChange={(next) => set(index, next)}
              onRemove={() => remove(index)}
            />
          </div>
        ) : (
          <Line
            key={index}
            line={line}
            fields={fields}
            operatorsOf={operatorsOf}
            onChange={(next) => set(index, next)}
            onRemove={() => remove(index)}
          />
        ),
      )}
      <Group gap="xs">
        <Add text={t('filter.add')} isDisabled={isFull} onAdd={() => first && add(newCondition(first, operatorsOf(first)))} />
        {depth < DEPTH_MAX && (
          <Add
            text={t('filter.addGroup')}
            isDisabled={isFull}
            onAdd={() => first && add({ match: match === 'and' ? 'or' : 'and', lines: [newCondition(first, operatorsOf(first))] })}
          />
        )}
        {lines.length > 0 && clearText !== undefined && (
          <Button ml="auto" size="compact-sm" variant="subtle" color="gray" onClick={() => onChange({ match, lines: [] })}>
            {clearText}
          </Button>
        )}
      </Group>
    </Stack>
  );
}

type MatchProps = { readonly match: Conditions['match']; readonly onChange: (match: Conditions['match']) => void };

function Match({ match, onChange }: MatchProps) {
  const { t } = useTexts();
  return (
    <SegmentedControl
      size="xs"
      w="fit-content"
      value={match}
      aria-label={t('filter.match')}
      onChange={(value) => onChange(value === 'or' ? 'or' : 'and')}
      data={[
        { value: 'and', label: t('filter.all') },
        { value: 'or', label: t('filter.any') },
      ]}
    />
  );
}

function Add({ text, isDisabled, onAdd }: { readonly text: string; readonly isDisabled: boolean; readonly onAdd: () => void }) {
  return (
    <Button size="compact-sm" variant="subtle" leftSection={<IconPlus size={14} />} disabled={isDisabled} onClick={onAdd}>
      {text}
    </Button>
  );
}

function Remove({ text, onRemove }: { readonly text: string; readonly onRemove: () => void }) {
  return (
    <ActionIcon variant="subtle" color="gray" size="lg" aria-label={text} onClick={onRemove}>
      <IconX size={16} />
    </ActionIcon>
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
      <Remove text={t('filter.remove')} onRemove={onRemove} />
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
  if (SETS.includes(line.operator) && field.type !== 'tags' && field.type !== 'manyToMany') {
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
