import { ActionIcon, Group, Select, Stack, Text } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { fieldById, type BusinessObject } from '#admin-ui/src/api/metadata.ts';
import { useTexts } from '#admin-ui/src/i18n/index.ts';
import { listableFields } from '#admin-ui/src/screens/list/list-query.ts';
import { MoveButtons } from '#admin-ui/src/ui/move-buttons.tsx';
import { moved } from '#admin-ui/src/ui/moved.ts';

type Props = {
  readonly object: BusinessObject;
  /** Ids of fields; undefined: as the object itself has them. */
  readonly columns: readonly string[] | undefined;
  readonly onChange: (columns: readonly string[] | undefined) => void;
};

/** Which columns rows have, in which order; none chosen is what their object says. */
export function ColumnChooser({ object, columns, onChange }: Props) {
  const { t, say } = useTexts();
  const chosen = (columns ?? []).flatMap((id) => fieldById(object, id) ?? []);
  const ids = chosen.map((field) => field.id);
  const others = listableFields(object).filter((field) => field.state !== 'retired' && !ids.includes(field.id));
  const set = (next: readonly string[]): void => onChange(next.length === 0 ? undefined : next);
  return (
    <Stack gap={4} role="group" aria-label={t('columns.title')}>
      <Text size="sm" fw={500}>
        {t('columns.title')}
      </Text>
      {chosen.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('layout.standardColumns')}
        </Text>
      )}
      {chosen.map((field, index) => (
        <Group key={field.id} gap={0} wrap="nowrap">
          <Text size="sm" className="grow" truncate>
            {say(field.label)}
          </Text>
          <MoveButtons
            size="sm"
            up={t('columns.up', { field: say(field.label) })}
            down={t('columns.down', { field: say(field.label) })}
            isFirst={index === 0}
            isLast={index === chosen.length - 1}
            onMove={(step) => set(moved(ids, index, index + step))}
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            size="sm"
            aria-label={t('layout.removeColumn', { field: say(field.label) })}
            onClick={() => set(ids.filter((id) => id !== field.id))}
          >
            <IconX size={15} />
          </ActionIcon>
        </Group>
      ))}
      <Select
        aria-label={t('layout.addColumn')}
        placeholder={t('layout.addColumn')}
        searchable
        value={null}
        data={others.map((field) => ({ value: field.id, label: say(field.label) }))}
        onChange={(id) => id !== null && set([...ids, id])}
      />
    </Stack>
  );
}
