import { ActionIcon, ColorSwatch, Group, Menu, TextInput, UnstyledButton } from '@mantine/core';
import { IconFilter, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import type { Field } from '#admin-ui/src/api/metadata.ts';
import { OPTION_COLORS } from '#admin-ui/src/fields/option-badge.tsx';
import { useTexts } from '#admin-ui/src/i18n/index.ts';
import { MoveButtons } from '#admin-ui/src/ui/move-buttons.tsx';
import { ConditionEditor } from './condition-editor.tsx';
import type { OptionDraft } from './option-draft.ts';

type Props = {
  readonly option: OptionDraft;
  readonly row: number;
  readonly rows: number;
  /** Fields that its condition may ask about; none where it cannot have one. */
  readonly fields: readonly Field[];
  readonly onChange: (part: Partial<OptionDraft>) => void;
  readonly onMove: (by: -1 | 1) => void;
  readonly onRemove: () => void;
  /** Enter in its label. */
  readonly onEnter: () => void;
};

/** One option: its colour, its label, its place, and when it is offered. */
export function OptionRow({ option, row, rows, fields, onChange, onMove, onRemove, onEnter }: Props) {
  const { t } = useTexts();
  const [isOpen, setOpen] = useState(option.visibleWhen !== undefined);
  return (
    <>
      <Group gap={6} wrap="nowrap">
        <ColorMenu color={option.color} row={row} onChange={(color) => onChange({ color })} />
        <TextInput
          className="grow"
          aria-label={t('options.label', { row })}
          placeholder={t('options.label', { row })}
          maxLength={80}
          value={option.label}
          onChange={(event) => onChange({ label: event.currentTarget.value })}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return;
            event.preventDefault();
            onEnter();
          }}
        />
        {fields.length > 0 && (
          <ActionIcon
            variant={option.visibleWhen === undefined ? 'subtle' : 'light'}
            color={option.visibleWhen === undefined ? 'gray' : 'tessera'}
            aria-label={t('options.when', { row })}
            aria-expanded={isOpen}
            onClick={() => setOpen(!isOpen)}
          >
            <IconFilter size={16} />
          </ActionIcon>
        )}
        <MoveButtons
          up={t('options.up', { row })}
          down={t('options.down', { row })}
          isFirst={row === 1}
          isLast={row === rows}
          onMove={onMove}
        />
        <ActionIcon variant="subtle" color="gray" disabled={rows === 1} aria-label={t('options.remove', { row })} onClick={onRemove}>
          <IconTrash size={16} />
        </ActionIcon>
      </Group>
      {isOpen && fields.length > 0 && (
        <ConditionEditor
          label={t('options.offeredWhen', { option: option.label || t('options.label', { row }) })}
          fields={fields}
          filter={option.visibleWhen}
          onChange={(visibleWhen) => onChange({ visibleWhen })}
        />
      )}
    </>
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
