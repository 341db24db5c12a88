import { Anchor, Group, Pill } from '@mantine/core';
import { IconArrowsSplit } from '@tabler/icons-react';
import { useQueries } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useObject, type BusinessObject } from '../api/metadata.ts';
import { loadRecord } from '../api/records.ts';
import { useTexts } from '../i18n/index.ts';
import type { CellProps, FieldUi, InputProps } from './field-ui.ts';
import { FieldWrapper } from './field-wrapper.tsx';
import { textOf, useInputFrame } from './input-frame.ts';
import { titleOf } from './record-title.ts';
import { partsOf } from './parts.ts';
import { RecordSelect } from './record-select.tsx';

export const manyToMany: FieldUi = { name: 'manyToMany', icon: IconArrowsSplit, Cell: ReferencesCell, Input: ReferencesInput, width: 240 };

type Titled = { readonly id: string; readonly title: string };

function idsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((id): id is string => typeof id === 'string') : [];
}

/** The titles of records: those that the answer carries expanded, all others asked for. */
function useTitles(target: BusinessObject | undefined, ids: readonly string[], expanded: unknown): readonly Titled[] {
  const known = new Map<string, string>();
  for (const one of Array.isArray(expanded) ? expanded.map(partsOf) : []) known.set(textOf(one['id']), titleOf(target, one));
  const asked = useQueries({
    queries: ids.map((id) => ({
      queryKey: ['title', target?.name, id],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        target ? loadRecord(target, id, { fields: `id,${target.titleField}`, signal }) : null,
      enabled: target !== undefined && !known.has(id),
      staleTime: 60_000,
      retry: false,
    })),
  });
  return ids.map((id, position) => ({ id, title: known.get(id) ?? (titleOf(target, asked[position]?.data?.record) || id.slice(0, 8)) }));
}

function ReferencesCell({ field, value, record }: CellProps) {
  const target = useObject(field.target);
  const titled = useTitles(target, idsOf(value), record[field.name]);
  return (
    <Group gap={6} wrap="nowrap" component="span">
      {titled.map(({ id, title }) =>
        target ? (
          <Anchor key={id} inherit renderRoot={(props) => <Link {...props} to="/o/$object/$id" params={{ object: target.name, id }} />}>
            {title}
          </Anchor>
        ) : (
          <span key={id}>{title}</span>
        ),
      )}
    </Group>
  );
}

function ReferencesInput(props: InputProps) {
  const { t } = useTexts();
  const target = useObject(props.field.target);
  const ids = idsOf(props.value);
  const titled = useTitles(target, ids, props.record[props.field.name]);
  const frame = useInputFrame(props);
  const { label, disabled, 'aria-label': spoken } = frame;
  const change = (next: readonly string[]): void => props.onChange(next.length === 0 ? null : next);
  return (
    <FieldWrapper frame={frame}>
      {titled.length > 0 && (
        <Pill.Group mb={6}>
          {titled.map(({ id, title }) => (
            <Pill
              key={id}
              withRemoveButton={!disabled}
              removeButtonProps={{ 'aria-label': t('references.remove', { title }), 'aria-hidden': false, tabIndex: 0 }}
              onRemove={() => change(ids.filter((one) => one !== id))}
            >
              {title}
            </Pill>
          ))}
        </Pill.Group>
      )}
      {target && (
        <RecordSelect
          target={target}
          shown=""
          isChosen={false}
          isDisabled={disabled}
          frame={{ name: frame.name, 'aria-label': label ?? spoken }}
          onChoose={(record) => record && change([...new Set([...ids, textOf(record['id'])])])}
        />
      )}
    </FieldWrapper>
  );
}
