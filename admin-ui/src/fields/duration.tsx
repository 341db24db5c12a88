import { TextInput } from '@mantine/core';
import { IconHourglass } from '@tabler/icons-react';
import { useState } from 'react';
import { useTexts } from '../i18n/index.ts';
import { formatDuration, parseDuration } from './duration-text.ts';
import type { CellProps, FieldUi, InputProps } from './field-ui.ts';
import { textOf, useInputFrame } from './input-frame.ts';

export const duration: FieldUi = { name: 'duration', icon: IconHourglass, Cell: DurationCell, Input: DurationInput, width: 130 };

function DurationCell({ value }: CellProps) {
  const { language } = useTexts();
  return <>{formatDuration(textOf(value), language)}</>;
}

/** Typed as people write it, kept in ISO 8601; while it is typed, it stays as typed. */
function DurationInput(props: InputProps) {
  const { language, t } = useTexts();
  const frame = useInputFrame(props);
  const [typed, setTyped] = useState<string | null>(null);
  const given = textOf(props.value);
  return (
    <TextInput
      {...frame}
      placeholder={t('duration.example')}
      value={typed ?? formatDuration(given, language)}
      onBlur={() => setTyped(null)}
      onChange={(event) => {
        const text = event.currentTarget.value;
        setTyped(text);
        props.onChange(text.trim() === '' ? null : parseDuration(text));
      }}
    />
  );
}
