import { ActionIcon, Button, Checkbox, Group, Popover, ScrollArea, Stack } from '@mantine/core';
import { IconChevronDown, IconChevronUp, IconColumns3 } from '@tabler/icons-react';
import type { BusinessObject, Field } from '#admin-ui/src/api/metadata.ts';
import { useTexts } from '#admin-ui/src/i18n/index.ts';
import { listableFields } from './list-query.ts';

type Props = {
  readonly object: BusinessObject;
  readonly columns: readonly Field[];
  readonly onChange: (names: readonly string[]) => void;
};

/** Which columns, in which order: by keys here, by dragging in the header. */
export function ColumnsMenu({ object, columns, onChange }: Props) {
  const { t, say } = useTexts();
  const names = columns.map((field) => field.name);
  const others = listableFields(object).filter((field) => !names.includes(field.name));
  const move = (from: number, to: number): void => {
    const next = [...names];
    next.splice(to, 0, ...next.splice(from, 1));
    onChange(next);
  };
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
                  <ActionIcon
                    variant="subtle"
                    color="gray"
                    disabled={index === 0}
                    aria-label={t('columns.up', { field: say(field.label) })}
                    onClick={() => move(index, index - 1)}
                  >
                    <IconChevronUp size={15} />
                  </ActionIcon>
                  <ActionIcon
                    variant="subtle"
                    color="gray"
                    disabled={index === columns.length - 1}
                    aria-label={t('columns.down', { field: say(field.label) })}
                    onClick={() => move(index, index + 1)}
                  >
                    <IconChevronDown size={15} />
                  </ActionIcon>
                </Group>
              </Group>
            ))}
            {others.map((field) => (
              <Checkbox key={field.id} py={5} checked={false} label={say(field.label)} onChange={() => onChange([...names, field.name])} />
            ))}
          </Stack>
        </ScrollArea.Autosize>
      </Popover.Dropdown>
    </Popover>
  );
}
