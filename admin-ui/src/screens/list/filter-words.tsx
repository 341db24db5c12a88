import { Group } from '@mantine/core';
import { Fragment } from 'react';
import { conditionInWords } from '#platform/kernel/conditions/in-words.ts';
import { apiName, useObjects, type BusinessObject, type Field } from '#admin-ui/src/api/metadata.ts';
import { isComputed } from '#admin-ui/src/fields/computed-value.tsx';
import { useFieldUis } from '#admin-ui/src/fields/field-ui.ts';
import { useRecordTitle } from '#admin-ui/src/fields/record-title.ts';
import { textOf } from '#admin-ui/src/fields/input-frame.ts';
import { useTexts } from '#admin-ui/src/i18n/index.ts';
import { conditionsOf, isGroup, type Condition, type Conditions } from './conditions.ts';
import { filterFields } from './filter-fields.ts';
import { isNode } from './list-state.ts';

/** A filter or condition of an object in the words of the builder; what lines cannot say, or ask of fields that are not there, as one sentence. */
export function FilterWords({ object, filter }: { readonly object: BusinessObject; readonly filter: unknown }) {
  const { say, language } = useTexts();
  const fields = filterFields(object, useObjects());
  const conditions = isNode(filter) ? conditionsOf(filter, fields) : null;
  const nameOf = (name: string): string | undefined => say(fields.find((field) => apiName(field) === name)?.label) || undefined;
  if (!conditions) return <span>{conditionInWords(filter, { language, nameOf })}</span>;
  return (
    <Group component="span" gap={5}>
      <ConditionWords conditions={conditions} fields={fields} />
    </Group>
  );
}

type WordsProps = { readonly conditions: Conditions; readonly fields: readonly Field[] };

/** A group in brackets. */
export function GroupChip(props: WordsProps) {
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

/** One condition as one reads it. */
export function ConditionChip({ line, fields }: { readonly line: Condition; readonly fields: readonly Field[] }) {
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
