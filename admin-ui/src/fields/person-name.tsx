import { Fieldset, SimpleGrid, TextInput } from '@mantine/core';
import { IconId } from '@tabler/icons-react';
import { useTexts } from '../i18n/index.ts';
import type { CellProps, FieldUi, InputProps } from './field-ui.ts';
import { textOf, useInputFrame } from './input-frame.ts';
import { partsOf, withPart } from './parts.ts';

export const personName: FieldUi = { name: 'personName', icon: IconId, Cell: NameCell, Input: NameInput, width: 200 };

const PARTS = ['title', 'given', 'middle', 'family', 'suffix'] as const;

function NameCell({ value }: CellProps) {
  const parts = partsOf(value);
  return (
    <>
      {PARTS.map((part) => textOf(parts[part]))
        .filter(Boolean)
        .join(' ')}
    </>
  );
}

function NameInput(props: InputProps) {
  const { t } = useTexts();
  const frame = useInputFrame({ ...props, isBare: false });
  const parts = partsOf(props.value);
  return (
    <Fieldset legend={frame.label} disabled={frame.disabled} className="address">
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="xs" verticalSpacing="xs">
        {PARTS.map((part) => (
          <TextInput
            key={part}
            name={`${props.field.name}.${part}`}
            label={t(`personName.${part}`)}
            value={textOf(parts[part])}
            onChange={(event) => props.onChange(withPart(parts, part, event.currentTarget.value))}
            {...(part === 'title' ? { error: frame.error } : {})}
          />
        ))}
      </SimpleGrid>
    </Fieldset>
  );
}
