import { ActionIcon } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useObjects, type BusinessObject } from '#admin-ui/src/api/metadata.ts';
import { useTexts } from '#admin-ui/src/i18n/index.ts';
import { conditionsIn, conditionsOf, filterOf, isComplete, isGroup } from './conditions.ts';
import { filterFields } from './filter-fields.ts';
import { ConditionChip, GroupChip } from './filter-words.tsx';
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
