import { Group, Stack } from '@mantine/core';
import { IconFilter } from '@tabler/icons-react';
import { useState } from 'react';
import { conditionInWords } from '#platform/kernel/conditions/in-words.ts';
import { apiName, useObject, type BusinessObject } from '../api/metadata.ts';
import type { RecordValues } from '../api/records.ts';
import { useTexts } from '../i18n/index.ts';
import { ConditionLines } from '../screens/list/condition-lines.tsx';
import { conditionsOf, filterOf, ruleOperators, type Conditions } from '../screens/list/conditions.ts';
import { ConditionWords } from '../screens/list/filter-words.tsx';
import { listableFields } from '../screens/list/list-query.ts';
import { isNode } from '../screens/list/list-state.ts';
import type { Field } from '../api/metadata.ts';
import type { CellProps, FieldUi, InputProps } from './field-ui.ts';
import { FieldWrapper } from './field-wrapper.tsx';
import { textOf, useInputFrame } from './input-frame.ts';
import { json } from './json.tsx';

export const condition: FieldUi = {
  name: 'condition',
  icon: IconFilter,
  Cell: ConditionCell,
  Reading: ConditionReading,
  Input: ConditionInput,
  isWide: true,
  width: 260,
};

/** The fields that a condition in this record asks about: those of the object that another field names, else of its own. */
function useAsked(field: Field, record: RecordValues): readonly Field[] {
  const named = useObject(field.objectField === undefined ? (field.id.split('.')[0] ?? '') : textOf(record[field.objectField]));
  return named ? askedOf(named) : [];
}

function askedOf(object: BusinessObject): readonly Field[] {
  return listableFields(object).filter((one) => one.state !== 'retired' && ruleOperators(one).length > 0);
}

function ConditionCell({ field, value, record, isOneLine = true }: CellProps & { readonly isOneLine?: boolean }) {
  const { say, language } = useTexts();
  const fields = useAsked(field, record);
  if (!isNode(value)) return null;
  const conditions = conditionsOf(value, fields);
  const nameOf = (name: string): string | undefined => say(fields.find((one) => apiName(one) === name)?.label) || undefined;
  if (!conditions) return <span>{conditionInWords(value, { language, nameOf })}</span>;
  return (
    <Group component="span" gap={5} wrap={isOneLine ? 'nowrap' : 'wrap'}>
      <ConditionWords conditions={conditions} fields={fields} />
    </Group>
  );
}

/** All of it, on as many lines as it takes. */
function ConditionReading(props: CellProps) {
  return <ConditionCell {...props} isOneLine={false} />;
}

/** Lines that say which records are meant. What lines cannot say is shown as it is written. */
function ConditionInput(props: InputProps) {
  const { field, value, record, onChange } = props;
  const frame = useInputFrame(props);
  const fields = useAsked(field, record);
  const [edited, setEdited] = useState<Conditions | null>(null);
  const filter = isNode(value) ? value : undefined;
  const conditions = edited ?? conditionsOf(filter, fields);
  const apply = (next: Conditions): void => {
    setEdited(next);
    onChange(filterOf(next, fields) ?? null);
  };
  // Which object is asked about is not known here: it is written as it is sent.
  if (fields.length === 0 && field.editable) return <json.Input {...props} />;
  return (
    <FieldWrapper frame={frame}>
      <Stack gap="xs" role="group" aria-label={frame.label ?? frame['aria-label'] ?? ''}>
        {conditions && field.editable ? (
          <ConditionLines fields={fields} operatorsOf={ruleOperators} conditions={conditions} onChange={apply} />
        ) : (
          <ConditionReading field={field} value={value} record={record} />
        )}
      </Stack>
    </FieldWrapper>
  );
}
