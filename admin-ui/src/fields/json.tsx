import { Code, JsonInput, Table } from '@mantine/core';
import { IconBraces } from '@tabler/icons-react';
import { useState } from 'react';
import type { Field } from '../api/metadata.ts';
import type { RecordValues } from '../api/records.ts';
import { useTexts } from '../i18n/index.ts';
import { useFieldUis, type CellProps, type FieldUi, type InputProps } from './field-ui.ts';
import { useInputFrame } from './input-frame.ts';
import { rowsOf } from './line-rows.ts';

export const json: FieldUi = { name: 'json', icon: IconBraces, Cell: JsonCell, Input: JsonTextInput, width: 200 };

function JsonCell({ field, value, record }: CellProps) {
  if (field.rowFields && Array.isArray(value)) return <RowTable rowFields={field.rowFields} rows={rowsOf(value)} record={record} />;
  return value === null || value === undefined ? null : <Code>{JSON.stringify(value)}</Code>;
}

type RowTableProps = {
  readonly rowFields: NonNullable<CellProps['field']['rowFields']>;
  readonly rows: readonly RecordValues[];
  readonly record: RecordValues;
};

/** A list whose rows are known, as a table. Money is in the record's currency. */
function RowTable({ rowFields, rows, record }: RowTableProps) {
  const { say } = useTexts();
  const uis = useFieldUis();
  const shown = rowFields.filter(({ name }) => rows.some((row) => row[name] !== null && row[name] !== undefined));
  return (
    <Table.ScrollContainer minWidth={shown.length * 90} scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}>
      <Table withTableBorder verticalSpacing={4}>
        <Table.Thead>
          <Table.Tr>
            {shown.map((column) => (
              <Table.Th key={column.name} ta={uis(column).isNumber === true ? 'end' : 'start'}>
                {say(column.label)}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row, index) => (
            <Table.Tr key={index}>
              {shown.map((column) => {
                const { Cell, isNumber } = uis(column);
                return (
                  <Table.Td key={column.name} ta={isNumber === true ? 'end' : 'start'}>
                    <Cell field={asField(column)} value={row[column.name]} record={record} />
                  </Table.Td>
                );
              })}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function asField({ name, label, type }: RowTableProps['rowFields'][number]): Field {
  return { id: name, name, label, type, column: name, state: 'active', editable: false };
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
