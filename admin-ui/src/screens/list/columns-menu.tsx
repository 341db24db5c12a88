import { Button, Checkbox, Group, Popover, ScrollArea, Stack } from '@mantine/core';
import { IconColumns3, IconPlus } from '@tabler/icons-react';
import type { BusinessObject, Field } from '#admin-ui/src/api/metadata.ts';
import { useTexts } from '#admin-ui/src/i18n/index.ts';
import { MoveButtons } from '#admin-ui/src/ui/move-buttons.tsx';
import { moved } from '#admin-ui/src/ui/moved.ts';
import { listableFields } from './list-query.ts';

type Props = {
  readonly object: BusinessObject;
  readonly columns: readonly Field[];
  readonly onChange: (names: readonly string[]) => void;
  /** Makes a field, where the reader may. */
  readonly onNewField?: (() => void) | undefined;
};

/** Which columns, in which order: by keys here, by dragging in the header. */
export function ColumnsMenu({ object, columns, onChange, onNewField }: Props) {
  const { t, say } = useTexts();
  const names = columns.map((field) => field.name);
  const others = listableFields(object).filter((field) => !names.includes(field.name));
  return (
    <Popover position="bottom-end" shadow="md" width={300} trapFocus>
      <Popover.Target>
        <Button variant="default" leftSection={<IconColumns3 size={16} aria-hidden />}>
          {t('columns.title')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('columns.title')}>
        <ScrollArea.Autosize mah={420} viewportProps={{ tabIndex: 0 }}>
          <Stack gap={2}>
            {columns.map((field, index) => (
              <Group key={field.id} justify="space-between" wrap="nowrap" gap={4}>
                <Checkbox
                  checked
                  disabled={names.length === 1}
                  label={say(field.label)}
                  onChange={() => onChange(names.filter((name) => name !== field.name))}
                />
                <Group gap={0} wrap="nowrap">
                  <MoveButtons
                    up={t('columns.up', { field: say(field.label) })}
                    down={t('columns.down', { field: say(field.label) })}
                    isFirst={index === 0}
                    isLast={index === columns.length - 1}
                    onMove={(step) => onChange(moved(names, index, index + step))}
                  />
                </Group>
              </Group>
            ))}
            {others.map((field) => (
              <Checkbox key={field.id} py={5} checked={false} label={say(field.label)} onChange={() => onChange([...names, field.name])} />
            ))}
          </Stack>
        </ScrollArea.Autosize>
        {onNewField && (
          <Button mt="xs" variant="subtle" size="compact-sm" leftSection={<IconPlus size={14} aria-hidden />} onClick={onNewField}>
            {t('list.newField')}
          </Button>
        )}
      </Popover.Dropdown>
    </Popover>
  );
}
