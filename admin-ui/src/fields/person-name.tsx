import { IconId } from '@tabler/icons-react';
import { useTexts } from '../i18n/index.ts';
import type { CellProps, FieldUi, InputProps } from './field-ui.ts';
import { textOf } from './input-frame.ts';
import { PartsInput } from './parts-input.tsx';
import { partsOf } from './parts.ts';

export const personName: FieldUi = { name: 'personName', icon: IconId, Cell: NameCell, Input: NameInput, span: 2, width: 200 };

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
  return <PartsInput {...props} parts={PARTS} labelOf={(part) => t(`personName.${part}`)} />;
}
