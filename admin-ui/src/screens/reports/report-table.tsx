import { ActionIcon, Table } from '@mantine/core';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useTexts } from '#admin-ui/src/i18n/index.ts';
import type { ReportColumn, ReportRow } from '#admin-ui/src/api/reports.ts';
import { isNumeric, isZero, ReportCell, written } from './report-cell.tsx';
import { unfolded, type PlacedRow } from './report-rows.ts';

type Props = {
  readonly label: string;
  readonly columns: readonly ReportColumn[];
  readonly rows: readonly ReportRow[];
  readonly folded: ReadonlySet<number>;
  readonly onFold: (at: number) => void;
};

/** The table of a report: its head stays in sight, what belongs together can be folded. It scrolls by key too. */
export function ReportTable({ label, columns, rows, folded, onFold }: Props) {
  const { say } = useTexts();
  return (
    <div className="card report-table" role="region" aria-label={label} tabIndex={0}>
      <Table aria-label={label} horizontalSpacing="md" verticalSpacing={5} highlightOnHover>
        <Table.Thead>
          <Table.Tr>
            {columns.map((column) => (
              <Table.Th key={column.name} {...(isNumeric(column) ? { ta: 'end' } : {})}>
                {say(column.label)}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {unfolded(rows, folded).map((placed) => (
            <Row key={placed.at} placed={placed} columns={columns} isFolded={folded.has(placed.at)} onFold={onFold} />
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}

type RowProps = Pick<Props, 'columns' | 'onFold'> & { readonly placed: PlacedRow; readonly isFolded: boolean };

function Row({ placed: { row, at, level, isParent }, columns, isFolded, onFold }: RowProps) {
  const texts = useTexts();
  const [first] = columns;
  const name = first ? written(first, row, texts) : '';
  return (
    <Table.Tr className={row.row?.kind === undefined ? '' : `report-${row.row.kind}`}>
      {columns.map((column, index) => (
        <Table.Td key={column.name} className={figureClass(column, row)}>
          {index === 0 && (level > 0 || isParent) ? (
            <span className="report-lead" style={{ paddingInlineStart: level * 20 }}>
              {isParent && (
                <ActionIcon
                  size="xs"
                  variant="subtle"
                  color="gray"
                  aria-expanded={!isFolded}
                  aria-label={texts.t(isFolded ? 'reports.show' : 'reports.hide', { name })}
                  onClick={() => onFold(at)}
                >
                  {isFolded ? <IconChevronRight size={14} /> : <IconChevronDown size={14} />}
                </ActionIcon>
              )}
              <ReportCell column={column} row={row} />
            </span>
          ) : (
            <ReportCell column={column} row={row} />
          )}
        </Table.Td>
      ))}
    </Table.Tr>
  );
}

function figureClass(column: ReportColumn, row: ReportRow): string {
  if (!isNumeric(column)) return '';
  return isZero(column, row) ? 'report-figure report-zero' : 'report-figure';
}
