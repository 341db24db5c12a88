import { ActionIcon, ColorSwatch, Fieldset, Group, Stack, Text } from '@mantine/core';
import { IconFilter } from '@tabler/icons-react';
import { useState } from 'react';
import type { Field } from '#admin-ui/src/api/metadata.ts';
import { useTexts } from '#admin-ui/src/i18n/index.ts';
import { ConditionEditor } from './condition-editor.tsx';
import type { OptionDraft } from './option-draft.ts';

type Props = {
  readonly options: readonly OptionDraft[];
  /** Fields that the condition of an option may ask about; none where it cannot have one. */
  readonly fields: readonly Field[];
  readonly onChange: (options: readonly OptionDraft[]) => void;
};

/** The options that a field has from a list: what they are is said there, when they are offered here. */
export function ListedOptions({ options, fields, onChange }: Props) {
  const { t } = useTexts();
  const living = options.filter((option) => option.retired !== true);
  const put = (id: string, visibleWhen: OptionDraft['visibleWhen']): void =>
    onChange(options.map((option) => (option.id === id ? { ...option, visibleWhen } : option)));
  return (
    <Fieldset legend={t('options.title')}>
      <Stack gap={6}>
        {living.map((option, index) => (
          <ListedOption key={option.id} option={option} row={index + 1} fields={fields} onChange={(when) => put(option.id, when)} />
        ))}
      </Stack>
    </Fieldset>
  );
}

type RowProps = {
  readonly option: OptionDraft;
  readonly row: number;
  readonly fields: readonly Field[];
  readonly onChange: (visibleWhen: OptionDraft['visibleWhen']) => void;
};

function ListedOption({ option, row, fields, onChange }: RowProps) {
  const { t } = useTexts();
  const [isOpen, setOpen] = useState(option.visibleWhen !== undefined);
  const isFree = option.visibleWhen === undefined;
  return (
    <>
      <Group gap={8} wrap="nowrap">
        <ColorSwatch color={`var(--mantine-color-${option.color}-6)`} size={16} />
        <Text size="sm" className="grow">
          {option.label}
        </Text>
        {fields.length > 0 && (
          <ActionIcon
            variant={isFree ? 'subtle' : 'light'}
            color={isFree ? 'gray' : 'tessera'}
            aria-label={t('options.when', { row })}
            aria-expanded={isOpen}
            onClick={() => setOpen(!isOpen)}
          >
            <IconFilter size={16} />
          </ActionIcon>
        )}
      </Group>
      {isOpen && fields.length > 0 && (
        <ConditionEditor
          label={t('options.offeredWhen', { option: option.label })}
          fields={fields}
          filter={option.visibleWhen}
          onChange={onChange}
        />
      )}
    </>
  );
}
