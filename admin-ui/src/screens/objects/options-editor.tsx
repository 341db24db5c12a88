import { ActionIcon, Button, ColorSwatch, Fieldset, Group, Menu, Stack, Text, TextInput, UnstyledButton } from '@mantine/core';
import { IconChevronDown, IconChevronUp, IconPlus, IconTrash } from '@tabler/icons-react';
import { OPTION_COLORS } from '#admin-ui/src/fields/option-badge.tsx';
import { useTexts } from '#admin-ui/src/i18n/index.ts';
import { newOption, type OptionDraft } from './field-draft.ts';

type Props = {
  readonly options: readonly OptionDraft[];
  readonly error: string | undefined;
  readonly onChange: (options: readonly OptionDraft[]) => void;
};

/** The options of a choice: label, colour, order. Enter adds the next one. */
export function OptionsEditor({ options, error, onChange }: Props) {
  const { t } = useTexts();
  const set = (id: string, part: Partial<OptionDraft>): void =>
    onChange(options.map((option) => (option.id === id ? { ...option, ...part } : option)));
  const move = (from: number, to: number): void => {
    const next = [...options];
    next.splice(to, 0, ...next.splice(from, 1));
    onChange(next);
  };
  const add = (): void => onChange([...options, newOption(OPTION_COLORS[(options.length + 1) % OPTION_COLORS.length])]);
  return (
    <Fieldset legend={t('options.title')}>
      <Stack gap={6}>
        {options.map((option, index) => (
          <Group key={option.id} gap={6} wrap="nowrap">
            <ColorMenu color={option.color} row={index + 1} onChange={(color) => set(option.id, { color })} />
            <TextInput
              className="grow"
              aria-label={t('options.label', { row: index + 1 })}
              placeholder={t('options.label', { row: index + 1 })}
              maxLength={80}
              value={option.label}
              onChange={(event) => set(option.id, { label: event.currentTarget.value })}
              onKeyDown={(event) => {
                if (event.key !== 'Enter') return;
                event.preventDefault();
                if (index === options.length - 1) add();
              }}
            />
            <ActionIcon
              variant="subtle"
              color="gray"
              disabled={index === 0}
              aria-label={t('options.up', { row: index + 1 })}
              onClick={() => move(index, index - 1)}
            >
              <IconChevronUp size={16} />
            </ActionIcon>
            <ActionIcon
              variant="subtle"
              color="gray"
              disabled={index === options.length - 1}
              aria-label={t('options.down', { row: index + 1 })}
              onClick={() => move(index, index + 1)}
            >
              <IconChevronDown size={16} />
            </ActionIcon>
            <ActionIcon
              variant="subtle"
              color="gray"
              disabled={options.length === 1}
              aria-label={t('options.remove', { row: index + 1 })}
              onClick={() => onChange(options.filter((one) => one.id !== option.id))}
            >
              <IconTrash size={16} />
            </ActionIcon>
          </Group>
        ))}
        <Button size="compact-sm" variant="subtle" w="fit-content" leftSection={<IconPlus size={14} aria-hidden />} onClick={add}>
          {t('options.add')}
        </Button>
        {error !== undefined && (
          <Text size="sm" c="red" role="alert">
            {error}
          </Text>
        )}
      </Stack>
    </Fieldset>
  );
}

type ColorProps = { readonly color: string; readonly row: number; readonly onChange: (color: string) => void };

function ColorMenu({ color, row, onChange }: ColorProps) {
  const { t } = useTexts();
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <UnstyledButton aria-label={t('options.color', { row })}>
          <ColorSwatch color={`var(--mantine-color-${color}-6)`} size={22} />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown mah={300} className="scrolls">
        {OPTION_COLORS.map((one) => (
          <Menu.Item
            key={one}
            leftSection={<ColorSwatch color={`var(--mantine-color-${one}-6)`} size={16} />}
            onClick={() => onChange(one)}
          >
            {one}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
