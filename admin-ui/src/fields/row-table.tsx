import { Table } from '@mantine/core';
import type { RowField } from '#platform/kernel/model.ts';
import type { Field } from '../api/metadata.ts';
import type { RecordValues } from '../api/records.ts';
import { useTexts } from '../i18n/index.ts';
import { useFieldUis } from './field-ui.ts';

type RowTableProps = {
  readonly rowFields: readonly RowField[];
  readonly rows: readonly RecordValues[];
  readonly record: RecordValues;
};

/** A list whose rows are known, as a table. Money is in the record's currency. */
export function RowTable({ rowFields, rows, record }: RowTableProps) {
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

function asField({ name, label, type, options = [] }: RowField): Field {
  return { id: name, options, name, label, type, column: name, state: 'active', editable: false };
}
