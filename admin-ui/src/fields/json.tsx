import { Code, JsonInput } from '@mantine/core';
import { IconBraces } from '@tabler/icons-react';
import { useState } from 'react';
import { useTexts } from '../i18n/index.ts';
import type { CellProps, FieldUi, InputProps } from './field-ui.ts';
import { useInputFrame } from './input-frame.ts';
import { rowsOf } from './line-rows.ts';
import { RowTable } from './row-table.tsx';

export const json: FieldUi = { name: 'json', icon: IconBraces, Cell: JsonCell, Input: JsonTextInput, width: 200 };

function JsonCell({ field, value, record }: CellProps) {
  if (field.rowFields && Array.isArray(value)) return <RowTable rowFields={field.rowFields} rows={rowsOf(value)} record={record} />;
  return value === null || value === undefined ? null : <Code>{JSON.stringify(value)}</Code>;
}

/** Kept as typed until it is JSON; what is not yet JSON is not sent. */
function JsonTextInput(props: InputProps) {
  const { t } = useTexts();
  const frame = useInputFrame(props);
  const [typed, setTyped] = useState<string | null>(null);
  const shown = props.value === null || props.value === undefined ? '' : JSON.stringify(props.value, null, 2);
  return (
    <JsonInput
      {...frame}
      autosize
      minRows={2}
      maxRows={12}
      validationError={t('field.notJson')}
      value={typed ?? shown}
      onBlur={() => setTyped((text) => (text !== null && parsed(text) === undefined ? text : null))}
      onChange={(text) => {
        setTyped(text);
        const value = parsed(text);
        if (value !== undefined) props.onChange(value);
      }}
    />
  );
}

function parsed(text: string): unknown {
  if (text.trim() === '') return null;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
