import { Button, Fieldset, Group, Stack, Text } from '@mantine/core';
import { IconArrowBackUp, IconPlus } from '@tabler/icons-react';
import type { Field } from '#admin-ui/src/api/metadata.ts';
import { OPTION_COLORS } from '#admin-ui/src/fields/option-badge.tsx';
import { useTexts } from '#admin-ui/src/i18n/index.ts';
import { moved } from '#admin-ui/src/ui/moved.ts';
import { newOption, type OptionDraft } from './option-draft.ts';
import { OptionRow } from './option-row.tsx';

type Props = {
  readonly options: readonly OptionDraft[];
  readonly error: string | undefined;
  /** Fields that the condition of an option may ask about. */
  readonly fields: readonly Field[];
  readonly onChange: (options: readonly OptionDraft[]) => void;
};

/** The options of a choice: label, colour, order, when they are offered. One that records may hold is retired, and can come back. */
export function OptionsEditor({ options, error, fields, onChange }: Props) {
  const { t } = useTexts();
  const living = options.filter((option) => option.retired !== true);
  const retired = options.filter((option) => option.retired === true);
  const put = (id: string, part: Partial<OptionDraft>): readonly OptionDraft[] =>
    options.map((option) => (option.id === id ? { ...option, ...part } : option));
  const move = (from: number, by: -1 | 1): void => onChange([...moved(living, from, from + by), ...retired]);
  const remove = ({ id, isKnown }: OptionDraft): void =>
    onChange(isKnown === true ? put(id, { retired: true }) : options.filter((one) => one.id !== id));
  const add = (): void => onChange([...living, newOption(OPTION_COLORS[(options.length + 1) % OPTION_COLORS.length]), ...retired]);
  return (
    <Fieldset legend={t('options.title')}>
      <Stack gap={6}>
        {living.map((option, index) => (
          <OptionRow
            key={option.id}
            option={option}
            row={index + 1}
            rows={living.length}
            fields={fields}
            onChange={(part) => onChange(put(option.id, part))}
            onMove={(by) => move(index, by)}
            onRemove={() => remove(option)}
            onEnter={() => (index === living.length - 1 ? add() : undefined)}
          />
        ))}
        <Button size="compact-sm" variant="subtle" w="fit-content" leftSection={<IconPlus size={14} aria-hidden />} onClick={add}>
          {t('options.add')}
        </Button>
        {retired.length > 0 && <Text size="sm">{t('options.retired')}</Text>}
        <Group gap="xs">
          {retired.map((option) => (
            <Button
              key={option.id}
              size="compact-sm"
              variant="default"
              leftSection={<IconArrowBackUp size={14} aria-hidden />}
              onClick={() => onChange([...living, { ...option, retired: false }, ...retired.filter((one) => one !== option)])}
            >
              {t('options.restore', { option: option.label })}
            </Button>
          ))}
        </Group>
        {error !== undefined && (
          <Text size="sm" c="red" role="alert">
            {error}
          </Text>
        )}
      </Stack>
    </Fieldset>
  );
}
