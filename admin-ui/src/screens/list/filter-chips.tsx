import { ActionIcon } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { Fragment } from 'react';
import { useObjects, type BusinessObject, type Field } from '#admin-ui/src/api/metadata.ts';
import { isComputed } from '#admin-ui/src/fields/computed-value.tsx';
import { useFieldUis } from '#admin-ui/src/fields/field-ui.ts';
import { useRecordTitle } from '#admin-ui/src/fields/record-title.ts';
import { textOf } from '#admin-ui/src/fields/input-frame.ts';
import { useTexts } from '#admin-ui/src/i18n/index.ts';
import { conditionsIn, conditionsOf, filterOf, isComplete, isGroup, type Condition, type Conditions } from './conditions.ts';
import { filterFields } from './filter-fields.ts';
import type { FilterNode } from './list-state.ts';

type Props = {
  readonly object: BusinessObject;
  readonly filter: FilterNode | undefined;
  readonly onChange: (filter: FilterNode | undefined) => void;
};

/** What the list is narrowed to, one chip for each condition or group of them, each taken away with a click. */
export function FilterChips({ object, filter, onChange }: Props) {
  const { t, say } = useTexts();
  const fields = filterFields(object, useObjects());
  const conditions = conditionsOf(filter, fields);
  const lines = conditions?.lines.filter((line) => (isGroup(line) ? conditionsIn(line) : [line]).some(isComplete)) ?? [];
  if (!conditions || lines.length === 0) return null;
  const labelOf = (name: string): string => say(fields.find((one) => one.name === name)?.label);
  return (
    <ul className="chips" aria-label={t('filter.title')}>
      {lines.map((line, index) => (
        <li key={index} className="chip">
          {index > 0 && <span className="dim">{t(conditions.match === 'or' ? 'filter.or' : 'filter.and')}</span>}
          {isGroup(line) ? <GroupChip conditions={line} fields={fields} /> : <ConditionChip line={line} fields={fields} />}
          <ActionIcon
            size="xs"
            variant="subtle"
            color="gray"
            aria-label={isGroup(line) ? t('filter.removeGroup') : t('filter.removeOf', { field: labelOf(line.field) })}
            onClick={() => onChange(filterOf({ ...conditions, lines: lines.filter((_line, at) => at !== index) }, fields))}
          >
            <IconX size={12} />
          </ActionIcon>
        </li>
      ))}
    </ul>
  );
}

type WordsProps = { readonly conditions: Conditions; readonly fields: readonly Field[] };

/** A group in brackets. */
function GroupChip(props: WordsProps) {
  return (
    <>
      <span className="dim">(</span>
      <ConditionWords {...props} />
      <span className="dim">)</span>
    </>
  );
}

/** Conditions as one reads them. */
export function ConditionWords({ conditions, fields }: WordsProps) {
  const { t } = useTexts();
  return (
    <>
      {conditions.lines.map((line, index) => (
        <Fragment key={index}>
          {index > 0 && <span className="dim">{t(conditions.match === 'or' ? 'filter.or' : 'filter.and')}</span>}
          {isGroup(line) ? <GroupChip conditions={line} fields={fields} /> : <ConditionChip line={line} fields={fields} />}
        </Fragment>
      ))}
    </>
  );
}

function ConditionChip({ line, fields }: { readonly line: Condition; readonly fields: readonly Field[] }) {
  const { say } = useTexts();
  const field = fields.find((one) => one.name === line.field);
  if (!field) return null;
  return (
    <>
      <span>{say(field.label)}</span>
      <ChipValue field={field} line={line} />
    </>
  );
}

function ChipValue({ field, line }: { readonly field: Field; readonly line: Condition }) {
  const { t, say } = useTexts();
  const { operator, value } = line;
  if (operator === 'isNull') return <b>{t(value === true ? 'filter.isEmpty' : 'filter.isFilled')}</b>;
  const label = (key: unknown): string => say(field.options?.find((option) => option.key === key)?.label) || textOf(key);
  const isReference = field.type === 'lookup' || field.type === 'user';
  return (
    <>
      <span className="dim">{t(`operator.${operator}`)}</span>
      <b>
        {Array.isArray(value) && field.type !== 'manyToMany' ? (
          value.map(label).join(', ')
        ) : isReference ? (
          <ReferenceTitle field={field} id={textOf(value)} />
        ) : (
          <ShownValue field={field} value={value} />
        )}
      </b>
    </>
  );
}

/** Today, and the days after it, in words; any other value as its field shows it. */
function ShownValue({ field, value }: { readonly field: Field; readonly value: unknown }) {
  const { t } = useTexts();
  const { Cell } = useFieldUis()(field);
  if (!isComputed(field.type, value)) return <Cell field={field} value={value} record={{}} />;
  const [, word, offset = ''] = /^(today|now)(.*)$/.exec(textOf(value)) ?? [];
  return word === undefined ? textOf(value) : `${t(word === 'today' ? 'filter.computed.today' : 'filter.computed.now')} ${offset}`;
}

function ReferenceTitle({ field, id }: { readonly field: Field; readonly id: string }) {
  const { t } = useTexts();
  const title = useRecordTitle(field.target ?? 'user', id === '$me' ? '' : id);
  return <>{id === '$me' ? t('filter.me') : title}</>;
}
