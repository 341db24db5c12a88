import { TextInput, type TextInputProps } from '@mantine/core';
import { useState } from 'react';
import { formatDecimal } from '../i18n/format.ts';
import { useTexts } from '../i18n/index.ts';
import { parseDecimal } from '../i18n/typed-decimal.ts';

type Props = Omit<TextInputProps, 'label' | 'value' | 'onChange'> & {
  /** What it is called, for those who hear it. */
  readonly label: string;
  /** A decimal string, empty for none; what is no number stays as it was typed. */
  readonly value: string;
  readonly onChange: (value: string) => void;
};

/** An amount in a table, in the reader's own form, kept as a decimal; while it is typed it stays as typed. */
export function AmountInput({ label, value, onChange, ...props }: Props) {
  const { language } = useTexts();
  const [typed, setTyped] = useState<{ readonly text: string; readonly value: string } | null>(null);
  const shown = typed !== null && typed.value === value ? typed.text : formatDecimal(value, language, { minimum: 2, maximum: 9 });
  return (
    <TextInput
      size="xs"
      inputMode="decimal"
      autoComplete="off"
      aria-label={label}
      {...props}
      value={value === '' ? '' : shown}
      onFocus={(event) => event.currentTarget.select()}
      onBlur={() => setTyped(null)}
      onChange={(event) => {
        const text = event.currentTarget.value;
        const parsed = text.trim() === '' ? '' : parseDecimal(text, language);
        setTyped({ text, value: parsed });
        onChange(parsed);
      }}
    />
  );
}
