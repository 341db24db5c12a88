import { ActionIcon, Button, Group, MantineThemeProvider, Popover, Select, Stack } from '@mantine/core';
import { IconStack2, IconX } from '@tabler/icons-react';
import { useEffect, useRef, useState, type RefObject } from 'react';
import { GROUP_LEVELS_MAX, groupUnit } from '#platform/kernel/grouping.ts';
import type { BusinessObject } from '#admin-ui/src/api/metadata.ts';
import { useTexts } from '#admin-ui/src/i18n/index.ts';
import { moved } from '#admin-ui/src/ui/moved.ts';
import { MoveButtons } from '#admin-ui/src/ui/move-buttons.tsx';
import { LISTS_INSIDE } from './filter-builder.tsx';
import { freeUnits, groupFields, groupingText, isDated, newGrouping, type Grouping } from './groupings.ts';
import { NO_GROUP } from './list-state.ts';
import { useGroupingName } from './use-grouping-name.ts';
import type { List } from './use-list.ts';

type Props = { readonly object: BusinessObject; readonly list: List };

/** What a table is in groups by, one within the other. Groups are counted by the server, which has no sums of what a search finds. */
export function GroupChoice({ object, list }: Props) {
  const { t } = useTexts();
  const nameOf = useGroupingName();
  const [isOpen, setOpen] = useState(false);
  const levels = list.shown.groups;
  const title = levels.length > 0 ? t('group.active', { fields: levels.map(nameOf).join(' › ') }) : t('group.by');
  if (groupFields(object).length === 0 || list.state.q !== undefined) return null;
  const change = (next: readonly Grouping[]): void => {
    const none = list.view?.group === undefined ? undefined : NO_GROUP;
    list.change({ group: next.length > 0 ? next.map(groupingText).join(',') : none });
  };
  return (
    <Popover
      position="bottom-end"
      shadow="md"
      width="min(480px, 94vw)"
      trapFocus
      withinPortal
      opened={isOpen}
      onChange={setOpen}
      onDismiss={() => setOpen(false)}
    >
      <Popover.Target>
        <Button
          variant={levels.length > 0 ? 'light' : 'default'}
          maw={210}
          title={title}
          leftSection={<IconStack2 size={16} aria-hidden />}
          onClick={() => setOpen(!isOpen)}
        >
          <span className="group-choice">{title}</span>
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('group.by')}>
        <MantineThemeProvider inherit theme={LISTS_INSIDE}>
          <Levels object={object} levels={levels} onChange={change} />
        </MantineThemeProvider>
      </Popover.Dropdown>
    </Popover>
  );
}

type LevelsProps = {
  readonly object: BusinessObject;
  readonly levels: readonly Grouping[];
  readonly onChange: (levels: readonly Grouping[]) => void;
};

function Levels({ object, levels, onChange }: LevelsProps) {
  const { t } = useTexts();
  const lines = useFocusKept(levels.length);
  const replace = (at: number, by: Grouping): void => onChange(levels.with(at, by));
  const without = (at: number): readonly Grouping[] => levels.filter((_level, index) => index !== at);
  return (
    <Stack gap="xs" ref={lines}>
      {levels.map((level, at) => (
        <Group key={at} gap={6} wrap="nowrap">
          <FieldChoice
            object={object}
            label={at === 0 ? t('group.by') : t('group.then')}
            value={level}
            others={without(at)}
            onChange={(next) => replace(at, next)}
          />
          {level.unit !== undefined && (
            <Select
              w={120}
              aria-label={t('group.unit', { place: at + 1 })}
              allowDeselect={false}
              data={freeUnits(level.field, without(at)).map((unit) => ({ value: unit, label: t(`group.unit.${unit}`) }))}
              value={level.unit}
              onChange={(name) => {
                const unit = groupUnit(name ?? '');
                if (unit) replace(at, { ...level, unit });
              }}
            />
          )}
          {levels.length > 1 && (
            <MoveButtons
              up={t('group.outwards', { place: at + 1 })}
              down={t('group.inwards', { place: at + 1 })}
              isFirst={at === 0}
              isLast={at === levels.length - 1}
              size="sm"
              onMove={(step) => onChange(moved(levels, at, at + step))}
            />
          )}
          <ActionIcon variant="subtle" color="gray" aria-label={t('group.remove', { place: at + 1 })} onClick={() => onChange(without(at))}>
            <IconX size={16} />
          </ActionIcon>
        </Group>
      ))}
      {levels.length < GROUP_LEVELS_MAX && (
        <FieldChoice
          key={levels.length}
          object={object}
          label={levels.length === 0 ? t('group.by') : t('group.then')}
          value={null}
          others={levels}
          onChange={(next) => onChange([...levels, next])}
        />
      )}
      {levels.length > 0 && (
        <Button variant="subtle" size="compact-sm" style={{ alignSelf: 'flex-start' }} onClick={() => onChange([])}>
          {t('group.none')}
        </Button>
      )}
    </Stack>
  );
}

/** Where a line comes or goes, the focus goes with it: to the last level, from where the keyboard leads on. */
function useFocusKept(count: number): RefObject<HTMLDivElement | null> {
  const lines = useRef<HTMLDivElement>(null);
  const before = useRef(count);
  useEffect(() => {
    if (before.current === count) return;
    before.current = count;
    const fields = lines.current?.querySelectorAll<HTMLInputElement>('input[data-level]');
    fields?.[Math.max(0, count - 1)]?.focus();
  }, [count]);
  return lines;
}

type ChoiceProps = {
  readonly object: BusinessObject;
  readonly label: string;
  readonly value: Grouping | null;
  /** The other levels: what they are in groups by is not offered again. */
  readonly others: readonly Grouping[];
  readonly onChange: (grouping: Grouping) => void;
};

function FieldChoice({ object, label, value, others, onChange }: ChoiceProps) {
  const { say } = useTexts();
  const isFree = (id: string): boolean => !others.some(({ field }) => field.id === id);
  const fields = groupFields(object).filter((field) => (isDated(field) ? freeUnits(field, others).length > 0 : isFree(field.id)));
  return (
    <Select
      style={{ flex: 1 }}
      searchable
      openOnFocus={value === null}
      data-level
      allowDeselect={false}
      aria-label={label}
      placeholder={label}
      data={fields.map((field) => ({ value: field.name, label: say(field.label) }))}
      value={value?.field.name ?? null}
      onChange={(name) => {
        const field = fields.find((one) => one.name === name);
        if (field && field.id !== value?.field.id) onChange(newGrouping(field, others));
      }}
    />
  );
}
