import { ActionIcon, Button, Group, Table, Text, Tooltip } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { Fragment, useRef } from 'react';
import { isAlwaysRequired } from '#platform/kernel/conditions/field-rules.ts';
import { apiName, useObject, type BusinessObject, type Field } from '../api/metadata.ts';
import type { RecordValues } from '../api/records.ts';
import { useTexts } from '../i18n/index.ts';
import { Explained } from './explained.tsx';
import { statesOf, useCircumstances, withOffered } from './field-rules.ts';
import { useFieldUis, type InputProps } from './field-ui.ts';
import { textOf } from './input-frame.ts';
import { RUNNING } from './line-amounts.ts';
import { sumOf, type Row } from './line-rows.ts';
import { columnWidth, takesRest } from './line-widths.ts';
import { useLines, type Lines } from './use-lines.ts';

/** Rows of a child object, edited in place: type, Tab, Enter for the next row, paste from a spreadsheet. */
export function LineItems(props: InputProps) {
  const child = useObject(props.field.child);
  const { t } = useTexts();
  if (!child) return <Text c="dimmed">{t('lines.hidden')}</Text>;
  return <LineTable {...props} child={child} />;
}

function LineTable({ child, ...props }: InputProps & { readonly child: BusinessObject }) {
  const { field, columns, record, error } = props;
  const { t, say } = useTexts();
  const table = useRef<HTMLTableElement>(null);
  const lines = useLines(props, child, table);
  const shown = columnsOf(child, columns);
  const widths = shown.map((column, at) => columnWidth(column, { isFirst: at === 0, canEdit: lines.canEdit, say }));
  const width = widths.reduce((sum, one) => sum + one, 0);
  return (
    <div className="lines">
      <Table.ScrollContainer minWidth={Math.max(480, width)} scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}>
        <Table ref={table} className="line-table" aria-label={say(field.label)} verticalSpacing={1} horizontalSpacing={4} withTableBorder>
          <Table.Thead>
            <Table.Tr>
              {shown.map((column, at) => (
                <ColumnHead
                  key={column.id}
                  column={column}
                  width={widths[at] ?? 0}
                  isAsked={lines.canEdit && column.readOnly !== true && isAlwaysRequired(column)}
                />
              ))}
              {lines.canEdit && takesRows(child) && (
                <Table.Th w={36}>
                  <span className="sr-only">{t('lines.actions')}</span>
                </Table.Th>
              )}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {lines.rows.map((row, index) => (
              <Fragment key={textOf(row['id'] ?? row['$key'] ?? index)}>
                <Line child={child} row={row} index={index} shown={shown} lines={lines} {...props} />
                <LineProblems child={child} index={index} span={shown.length + 1} errors={props.errors ?? {}} />
              </Fragment>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <div className="line-foot">
        <div>
          {lines.canEdit && takesRows(child) && (
            <>
              <Button size="compact-sm" variant="subtle" leftSection={<IconPlus size={14} />} onClick={lines.add}>
                {t('lines.add')}
              </Button>
              <Text size="xs" className="dim" px={8} mt={4}>
                {t(lines.rows.length === 0 ? 'lines.none' : 'lines.keys')}
              </Text>
            </>
          )}
          {error !== undefined && (
            <Text size="sm" c="red" role="alert">
              {error}
            </Text>
          )}
        </div>
        <Totals columns={shown} rows={lines.rows} record={record} />
      </div>
    </div>
  );
}

/** Whether people can add rows and take them away: not where a row must have what only the platform sets. */
function takesRows(child: BusinessObject): boolean {
  return !child.fields.some((field) => field.required === true && field.readOnly === true && field.system !== true);
}

type LineProps = Pick<InputProps, 'record' | 'errors'> & {
  readonly child: BusinessObject;
  readonly row: Row;
  readonly index: number;
  readonly shown: readonly Field[];
  readonly lines: Lines;
};

function Line({ child, row, index, shown, lines, record, errors }: LineProps) {
  const { t } = useTexts();
  const states = statesOf(child, row, useCircumstances());
  return (
    <Table.Tr className="line-row">
      {shown.map((column, position) => (
        <Table.Td
          key={column.id}
          onKeyDown={(event) => lines.onKeyDown(event, { row: index, column: position })}
          onPaste={(event) => lines.onPaste(event, { row: index, fields: shown.slice(position) })}
        >
          {states(column).isVisible && (
            <Explained object={child} field={column} row={row} record={record}>
              {lines.canEdit && states(column).isRequired && column.required !== true && <ConditionalStar />}
              <LineCell
                column={withOffered(column, states(column), row[apiName(column)])}
                row={row}
                record={{ ...record, ...row }}
                canEdit={lines.canEdit && !states(column).isReadOnly}
                error={errors?.[`${index}.${apiName(column)}`] ?? errors?.[`${index}.${column.name}`]}
                onChange={(value, chosen) => lines.set(index, { field: column, value, ...(chosen === undefined ? {} : { chosen }) })}
              />
            </Explained>
          )}
        </Table.Td>
      ))}
      {lines.canEdit && takesRows(child) && (
        <Table.Td>
          <Tooltip label={t('lines.remove')}>
            <ActionIcon
              className="line-remove"
              variant="subtle"
              color="gray"
              tabIndex={-1}
              aria-label={t('lines.removeRow', { row: index + 1 })}
              onClick={() => lines.remove(index)}
            >
              <IconTrash size={15} />
            </ActionIcon>
          </Tooltip>
        </Table.Td>
      )}
    </Table.Tr>
  );
}

type ProblemsOf = {
  readonly child: BusinessObject;
  readonly index: number;
  readonly span: number;
  readonly errors: { readonly [path: string]: string };
};

/** What is wrong in a row, below it: a cell is too narrow for a sentence. */
function LineProblems({ child, index, span, errors }: ProblemsOf) {
  const { say } = useTexts();
  const start = `${index}.`;
  const wrong = Object.entries(errors).filter(([path]) => path.startsWith(start));
  if (wrong.length === 0) return null;
  const sentence = ([path, message]: readonly [string, string]): string => {
    const name = path.slice(start.length);
    const label = say(child.fields.find((field) => apiName(field) === name || field.name === name)?.label);
    return label === '' || message.startsWith(label) ? message : `${label}: ${message}`;
  };
  return (
    <Table.Tr>
      <Table.Td colSpan={span} className="line-problems">
        <div role="alert">{wrong.map(sentence).join(' ')}</div>
      </Table.Td>
    </Table.Tr>
  );
}

/** Asked in this row, by what else stands in it: the head of the column cannot say so. */
function ConditionalStar() {
  const { t } = useTexts();
  return (
    <Text span c="red" size="sm" className="line-star" title={t('lines.required')}>
      * <span className="sr-only">{t('lines.required')}</span>
    </Text>
  );
}

type HeadOf = { readonly column: Field; readonly width: number; readonly isAsked: boolean };

/** Texts share what is left; numbers take what a number needs. */
function ColumnHead({ column, width, isAsked }: HeadOf) {
  const { say } = useTexts();
  const ui = useFieldUis()(column);
  return (
    <Table.Th {...(takesRest(column) ? { miw: width } : { w: width })} ta={ui.isNumber === true ? 'end' : 'start'}>
      {say(column.label)}
      {isAsked && (
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

/** A value of a row. What only the server can work out is shown as it was saved last, dimmed while its row has changed. */
function LineCell({ column, row, record, canEdit, error, onChange }: CellOf) {
  const ui = useFieldUis()(column);
  const { t } = useTexts();
  const value = row[apiName(column)];
  if (!canEdit || !column.editable) {
    const isStale = canEdit && row['$changed'] === true;
    return (
      <Text
        span
        size="sm"
        className={ui.isNumber === true ? 'line-value line-number' : 'line-value'}
        {...(isStale ? { title: t('lines.whenSaved') } : {})}
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

type TotalsOf = { readonly columns: readonly Field[]; readonly rows: readonly Row[]; readonly record: RecordValues };

/** How many rows there are and what the columns that one sees come to, as one types. */
function Totals({ columns, rows, record }: TotalsOf) {
  const uis = useFieldUis();
  const { t, say } = useTexts();
  const isStale = rows.some((row) => row['$changed'] === true);
  const summed = columns.filter((column) => column.type === 'money' && !column.editable && (!isStale || column.name === RUNNING));
  if (rows.length === 0 || summed.length === 0) return null;
  return (
    <dl className="line-totals" aria-label={t('lines.total')}>
      <dt className="dim">{t('lines.rows')}</dt>
      <dd>{rows.length}</dd>
      {summed.map((column) => {
        const { Cell } = uis(column);
        return (
          <Group key={column.id} display="contents">
            <dt>{say(column.label)}</dt>
            <dd className="line-sum">
              <Cell field={column} value={sumOf(rows, column.name)} record={record} />
            </dd>
          </Group>
        );
      })}
    </dl>
  );
}

function columnsOf(child: BusinessObject, ids: readonly string[] | undefined): readonly Field[] {
  const own = child.fields.filter((field) => field.system !== true);
  return ids ? ids.flatMap((id) => own.find((field) => field.id === id) ?? []) : own.slice(0, 8);
}
