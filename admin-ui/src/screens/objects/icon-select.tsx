import { Group, Select } from '@mantine/core';
import { useTexts } from '#admin-ui/src/i18n/index.ts';
import { OBJECT_ICONS, ObjectIcon } from '#admin-ui/src/ui/icon.tsx';

type Props = { readonly value: string; readonly onChange: (icon: string) => void };

/** The icon of an object, chosen by what it looks like. */
export function IconSelect({ value, onChange }: Props) {
  const { t } = useTexts();
  return (
    <Select
      label={t('objects.icon')}
      data={Object.keys(OBJECT_ICONS)}
      searchable
      allowDeselect={false}
      value={value}
      leftSection={<ObjectIcon name={value} />}
      renderOption={({ option }) => (
        <Group gap="xs">
          <ObjectIcon name={option.value} />
          {option.value}
        </Group>
      )}
      onChange={(icon) => icon !== null && onChange(icon)}
    />
  );
}
