import { TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { formatDecimal } from '../i18n/format.ts';
import { useTexts } from '../i18n/index.ts';
import { isNumberText, parseDecimal } from '../i18n/typed-decimal.ts';
import type { InputProps } from './field-ui.ts';
import { textOf, useInputFrame } from './input-frame.ts';

/** A number typed in the reader's own form and kept as a decimal string; while it is typed, and where it is no number, it stays as typed. */
export function DecimalInput({
  unit,
  minimumDigits,
  ...props
}: InputProps & { readonly unit?: ReactNode; readonly minimumDigits?: number }) {
  const { language, t } = useTexts();
  const [typed, setTyped] = useState<string | null>(null);
  const given = textOf(props.value);
  const isWrong = typed === null && given !== '' && !isNumberText(given);
  const frame = useInputFrame(isWrong ? { ...props, error: props.error ?? t('rule.number') } : props);
  return (
    <TextInput
      {...frame}
      inputMode="decimal"
      value={typed ?? formatDecimal(given, language, minimumDigits === undefined ? undefined : { minimum: minimumDigits, maximum: 20 })}
      onFocus={() => setTyped(formatDecimal(given, language))}
      onBlur={() => setTyped(null)}
      onChange={(event) => {
        const text = event.currentTarget.value;
        setTyped(text);
        props.onChange(text.trim() === '' ? null : parseDecimal(text, language));
      }}
      styles={{ input: { textAlign: 'end' } }}
      {...(unit === undefined || props.isBare === true ? {} : { rightSection: unit, rightSectionWidth: 48 })}
    />
  );
}
