import { ActionIcon, Button, Group, Table, Text, Tooltip } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useRef, type ClipboardEvent, type KeyboardEvent } from 'react';
import { apiName, useObject, type BusinessObject, type Field } from '../api/metadata.ts';
import type { RecordValues } from '../api/records.ts';
import { useTexts } from '../i18n/index.ts';
import { useFieldUis, type InputProps } from './field-ui.ts';
import { textOf } from './input-frame.ts';
import { addedRow, pastedRows, rowsOf, sumOf, withoutRow, withValue, type Row } from './line-rows.ts';

/** Rows of a child object, edited in place: type, Tab, Enter for the next row, paste from a spreadsheet. */
export function LineItems(props: InputProps) {
  const child = useObject(props.field.child);
  const { t } = useTexts();
  if (!child) return <Text c="dimmed">{t('lines.hidden')}</Text>;
  return <LineTable {...props} child={child} />;
}

function LineTable({ child, field, value, record, onChange, columns, errors, error }: InputProps & { readonly child: BusinessObject }) {
  const { t, say } = useTexts();
  const table = useRef<HTMLTableElement>(null);
  const shown = columnsOf(child, columns);
  const rows = rowsOf(value);
  const canEdit = field.editable !== false;
  const add = (): void => {
    onChange(addedRow(rows));
    setTimeout(() => focusCell(table.current, rows.length, 0));
  };
  const onKeyDown = (event: KeyboardEvent, index: number, column: number): void => {
    if (event.key !== 'Enter' || event.defaultPrevented || !(event.target instanceof HTMLInputElement)) return;
    if (event.target.getAttribute('aria-expanded') === 'true') return;
    event.preventDefault();
    if (index + 1 === rows.length && canEdit) add();
    else focusCell(table.current, index + 1, column);
  };
  const onPaste = (event: ClipboardEvent, index: number, column: number): void => {
    const text = event.clipboardData.getData('text/plain');
    if (!text.includes('\t') && !text.trim().includes('\n')) return;
    event.preventDefault();
    onChange(pastedRows(rows, text, { index, fields: shown.slice(column) }));
  };
  return (
    <div className="lines">
      <Table.ScrollContainer minWidth={Math.max(480, shown.length * 104)} scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}>
        <Table ref={table} className="line-table" aria-label={say(field.label)} verticalSpacing={2} horizontalSpacing={6} withTableBorder>
          <Table.Thead>
            <Table.Tr>
              {shown.map((column) => (
                <ColumnHead key={column.id} column={column} />
              ))}
              {canEdit && (
                <Table.Th w={40}>
                  <span className="sr-only">{t('lines.actions')}</span>
                </Table.Th>
              )}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map((row, index) => (
              <Table.Tr key={textOf(row['id'] ?? row['$key'] ?? index)} className="line-row">
                {shown.map((column, position) => (
                  <Table.Td
                    key={column.id}
                    onKeyDown={(event) => onKeyDown(event, index, position)}
                    onPaste={(event) => onPaste(event, index, position)}
                  >
                    <LineCell
                      column={column}
                      row={row}
                      record={{ ...record, ...row }}
                      canEdit={canEdit}
                      error={errors?.[`${index}.${apiName(column)}`] ?? errors?.[`${index}.${column.name}`]}
                      onChange={(next, chosen) => onChange(withValue(rows, index, { field: column, value: next, chosen }))}
                    />
                  </Table.Td>
                ))}
                {canEdit && (
                  <Table.Td>
                    <Tooltip label={t('lines.remove')}>
                      <ActionIcon
                        variant="subtle"
                        color="gray"
                        aria-label={t('lines.removeRow', { row: index + 1 })}
                        onClick={() => onChange(withoutRow(rows, index))}
                      >
                        <IconTrash size={16} />
                      </ActionIcon>
                    </Tooltip>
                  </Table.Td>
                )}
              </Table.Tr>
            ))}
          </Table.Tbody>
          <Sums child={child} columns={shown} rows={rows} record={record} hasActions={canEdit} />
        </Table>
      </Table.ScrollContainer>
      <Group justify="space-between" mt={6}>
        {canEdit ? (
          <Button size="compact-sm" variant="subtle" leftSection={<IconPlus size={14} />} onClick={add}>
            {t('lines.add')}
          </Button>
        ) : (
          <span />
        )}
        {error !== undefined && (
          <Text size="sm" c="red" role="alert">
            {error}
          </Text>
        )}
      </Group>
    </div>
  );
}

function ColumnHead({ column }: { readonly column: Field }) {
  const { say } = useTexts();
  const ui = useFieldUis()(column);
  return (
    <Table.Th miw={column.type === 'lookup' || column.type === 'text' ? 130 : 76} ta={ui.isNumber === true ? 'end' : 'start'}>
      {say(column.label)}
      {column.required === true && (
        <Text span c="red" aria-hidden>
          {' '}
          *
        </Text>
      )}
    </Table.Th>
  );
}

type CellOf = {
  readonly column: Field;
  readonly row: Row;
  readonly record: RecordValues;
  readonly canEdit: boolean;
  readonly error: string | undefined;
  readonly onChange: (value: unknown, chosen?: RecordValues | null) => void;
};

/** A value of a row. What the server works out is shown as it was saved last, dimmed while its row has changed. */
function LineCell({ column, row, record, canEdit, error, onChange }: CellOf) {
  const ui = useFieldUis()(column);
  const { t } = useTexts();
  const value = row[apiName(column)];
  if (!canEdit || column.editable === false) {
    const isStale = canEdit && row['$changed'] === true;
    return (
      <Text
        span
        size="sm"
        className={ui.isNumber === true ? 'line-value line-number' : 'line-value'}
        {...(isStale ? { c: 'dimmed', title: t('lines.whenSaved') } : {})}
      >
        {isStale && (value === null || value === undefined) ? '…' : <ui.Cell field={column} value={value} record={record} />}
      </Text>
    );
  }
  return (
    <ui.Input
      field={column}
      value={value}
      record={record}
      isBare
      error={error}
      onChange={(next) => onChange(next)}
      onChosen={(chosen) => onChange(chosen?.['id'] ?? null, chosen)}
    />
  );
}

type SumsOf = {
  readonly child: BusinessObject;
  readonly columns: readonly Field[];
  readonly rows: readonly Row[];
  readonly record: RecordValues;
  readonly hasActions: boolean;
};

/** Running totals of the amounts. */
function Sums({ columns, rows, record, hasActions }: SumsOf) {
  const uis = useFieldUis();
  const { t } = useTexts();
  const isSummed = (column: Field): boolean => column.type === 'money' && column.editable === false;
  if (rows.length === 0 || !columns.some(isSummed)) return null;
  return (
    <Table.Tfoot>
      <Table.Tr>
        {columns.map((column, index) => {
          const { Cell } = uis(column);
          return (
            <Table.Td key={column.id} className={isSummed(column) ? 'line-number line-sum' : ''}>
              {isSummed(column) && <Cell field={column} value={sumOf(rows, column.name)} record={record} />}
              {index === 0 && !isSummed(column) && (
                <Text span size="sm">
                  {t('lines.total')}
                </Text>
              )}
            </Table.Td>
          );
        })}
        {hasActions && <Table.Td />}
      </Table.Tr>
    </Table.Tfoot>
  );
}

function columnsOf(child: BusinessObject, ids: readonly string[] | undefined): readonly Field[] {
  const own = child.fields.filter((field) => field.system !== true);
  return ids ? ids.flatMap((id) => own.find((field) => field.id === id) ?? []) : own.slice(0, 8);
}

/** Puts the cursor into a cell; a column that takes no input gives it to the next one that does. */
function focusCell(table: HTMLTableElement | null, row: number, column: number): void {
  const cells = table?.tBodies[0]?.rows[row]?.cells;
  const inputs = [...(cells ?? [])]
    .slice(column)
    .flatMap((cell) => cell.querySelector<HTMLInputElement>('input:not(:disabled), textarea') ?? []);
  inputs[0]?.focus();
}
