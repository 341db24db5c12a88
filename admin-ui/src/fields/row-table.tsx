import { Anchor, Table } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { RowField } from '#platform/kernel/model.ts';
import { useObject, type Field } from '../api/metadata.ts';
import type { RecordValues } from '../api/records.ts';
import { useTexts } from '../i18n/index.ts';
import { useFieldUis } from './field-ui.ts';
import { textOf } from './input-frame.ts';
import { useRecordTitle } from './record-title.ts';

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
                    {column.target === undefined ? (
                      <Cell field={asField(column)} value={row[column.name]} record={record} />
                    ) : (
                      <Referred target={column.target} id={textOf(row[column.name])} />
                    )}
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

/** The way to a record of which a row has the id; who may not know of it sees the id. */
function Referred({ target, id }: { readonly target: string; readonly id: string }) {
  const isKnown = useObject(target) !== undefined;
  const title = useRecordTitle(target, id);
  if (!isKnown || id === '') return <>{id}</>;
  return (
    <Anchor inherit renderRoot={(props) => <Link {...props} to="/o/$object/$id" params={{ object: target, id }} />}>
      {title || id}
    </Anchor>
  );
}

function asField({ name, label, type, options = [] }: RowField): Field {
  return { id: name, options, name, label, type, column: name, state: 'active', editable: false };
}
