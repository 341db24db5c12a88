import { Anchor } from '@mantine/core';
import {
  colorSchemeVariable,
  CellStyleModule,
  ColumnApiModule,
  EventApiModule,
  InfiniteRowModelModule,
  ModuleRegistry,
  RowSelectionModule,
  themeQuartz,
  type CellKeyDownEvent,
  type ColDef,
  type ColumnMovedEvent,
  type SortChangedEvent,
} from 'ag-grid-community';
import { AgGridReact, type CustomCellRendererProps, type CustomHeaderProps } from 'ag-grid-react';
import { Link, useNavigate } from '@tanstack/react-router';
import { useMemo, type ReactNode } from 'react';
import { apiName, type BusinessObject, type Field } from '#admin-ui/src/api/metadata.ts';
import type { RecordValues } from '#admin-ui/src/api/records.ts';
import { useFieldUis } from '#admin-ui/src/fields/field-ui.ts';
import { textOf } from '#admin-ui/src/fields/input-frame.ts';
import { useTexts } from '#admin-ui/src/i18n/index.ts';
import { nonce } from '#admin-ui/src/nonce.ts';
import { PAGE_SIZE, type Rows } from './use-rows.ts';

ModuleRegistry.registerModules([InfiniteRowModelModule, CellStyleModule, RowSelectionModule, ColumnApiModule, EventApiModule]);

const THEME = themeQuartz.withPart(colorSchemeVariable).withParams({
  backgroundColor: 'var(--surface)',
  foregroundColor: 'var(--mantine-color-text)',
  headerBackgroundColor: 'var(--ground)',
  headerTextColor: 'var(--dim)',
  borderColor: 'var(--line)',
  accentColor: 'var(--mantine-color-tessera-7)',
  fontFamily: 'inherit',
  fontSize: 13.5,
  headerFontSize: 12.5,
  rowHeight: 38,
  headerHeight: 38,
  wrapperBorder: false,
  columnBorder: false,
});

type Props = {
  readonly object: BusinessObject;
  readonly columns: readonly Field[];
  readonly rows: Rows;
  readonly sort: string;
  readonly sortName: (field: Field) => string | undefined;
  readonly onSort: (sort: string) => void;
  readonly onColumns: (names: readonly string[]) => void;
  readonly onSelect: (ids: readonly string[]) => void;
  /** What stands at the end of the header: the "+" that makes a field. */
  readonly headerEnd?: ReactNode;
};

/** The virtual table: a million rows scroll, columns are dragged, a header sorts, Enter opens. */
export function ListGrid(props: Props) {
  const { object, columns, rows, sort } = props;
  const { t } = useTexts();
  const navigate = useNavigate();
  const definitions = useDefinitions(props);
  const open = (row: RecordValues | undefined): void => {
    if (row) void navigate({ to: '/o/$object/$id', params: { object: object.name, id: textOf(row['id']) } });
  };
  const sorted = (event: SortChangedEvent<RecordValues>): void => {
    if (event.source !== 'uiColumnSorted') return;
    const state = event.api.getColumnState().filter((column) => column.sort);
    const names = state
      .toSorted((left, right) => (left.sortIndex ?? 0) - (right.sortIndex ?? 0))
      .flatMap((column) => {
        const field = columns.find((one) => one.id === column.colId);
        const name = field && props.sortName(field);
        return name === undefined ? [] : [`${column.sort === 'desc' ? '-' : ''}${name}`];
      });
    props.onSort(names.join(','));
  };
  const moved = (event: ColumnMovedEvent<RecordValues>): void => {
    if (!event.finished || event.source !== 'uiColumnMoved') return;
    const ids = event.api.getColumnState().map((column) => column.colId);
    props.onColumns(ids.flatMap((id) => columns.find((field) => field.id === id)?.name ?? []));
  };
  return (
    <div className="list-grid" data-ag-theme-mode="inherit">
      <AgGridReact<RecordValues>
        key={`${object.name} ${columns.map((field) => field.id).join(' ')} ${sort}`}
        theme={THEME}
        styleNonce={nonce}
        rowModelType="infinite"
        datasource={rows.source}
        cacheBlockSize={PAGE_SIZE}
        maxBlocksInCache={40}
        maxConcurrentDatasourceRequests={2}
        blockLoadDebounceMillis={40}
        infiniteInitialRowCount={1}
        columnDefs={definitions}
        getRowId={({ data }) => textOf(data['id'])}
        rowSelection={{ mode: 'multiRow', headerCheckbox: false, enableClickSelection: false }}
        selectionColumnDef={{ width: 44, resizable: false, suppressMovable: true, pinned: 'left' }}
        suppressDragLeaveHidesColumns
        onSelectionChanged={({ api }) => props.onSelect(api.getSelectedRows().map((row) => textOf(row['id'])))}
        onSortChanged={sorted}
        onColumnMoved={moved}
        onRowDoubleClicked={({ data }) => open(data)}
        onCellKeyDown={(event) => {
          if ('data' in event && isEnter(event)) open(event.data);
        }}
        overlayNoRowsTemplate=" "
        ensureDomOrder
        aria-label={t('list.table')}
      />
    </div>
  );
}

function isEnter({ event }: Pick<CellKeyDownEvent, 'event'>): boolean {
  return event instanceof KeyboardEvent && event.key === 'Enter' && !(event.target instanceof HTMLAnchorElement);
}

function useDefinitions({ object, columns, sort, sortName, headerEnd }: Props): ColDef<RecordValues>[] {
  const { say, t } = useTexts();
  const uis = useFieldUis();
  return useMemo(() => {
    const sorts = sort.split(',').filter(Boolean);
    const made = columns.map((field, index): ColDef<RecordValues> => {
      const ui = uis(field);
      const name = sortName(field);
      const position = sorts.findIndex((one) => one.replace('-', '') === name);
      const direction = sorts[position]?.startsWith('-') ? ('desc' as const) : ('asc' as const);
      return {
        colId: field.id,
        headerName: say(field.label),
        width: ui.width ?? 160,
        minWidth: 70,
        resizable: true,
        sortable: name !== undefined,
        ...(position < 0 ? {} : { sort: direction, sortIndex: position }),
        cellRenderer: ListCell,
        cellRendererParams: { object, column_: field, isTitle: index === 0 },
        ...(ui.isNumber === true ? { type: 'rightAligned', cellClass: 'line-number' } : {}),
      };
    });
    const end: ColDef<RecordValues> = {
      colId: '$end',
      headerName: t('list.newField'),
      headerComponent: HeaderEnd,
      headerComponentParams: { content: headerEnd },
      width: 48,
      pinned: 'right',
      sortable: false,
      resizable: false,
      suppressMovable: true,
    };
    return headerEnd === undefined ? made : [...made, end];
  }, [columns, sort, say, uis, sortName, object, headerEnd, t]);
}

type CellParameters = { readonly object: BusinessObject; readonly column_: Field; readonly isTitle: boolean };

function ListCell({ data, object, column_: field, isTitle }: CustomCellRendererProps<RecordValues> & CellParameters) {
  const uis = useFieldUis();
  const { t } = useTexts();
  if (!data) return <span className="dim">…</span>;
  const { Cell } = uis(field);
  const value = data[apiName(field)];
  if (!isTitle) return <Cell field={field} value={value} record={data} />;
  const isReference = field.type === 'lookup' || field.type === 'user';
  const isMissing = value === null || value === undefined || value === '';
  return (
    <Anchor
      inherit
      className="cell-title"
      renderRoot={(props) => <Link {...props} to="/o/$object/$id" params={{ object: object.name, id: textOf(data['id']) }} />}
    >
      {isMissing || isReference ? t('list.open') : <Cell field={field} value={value} record={data} />}
    </Anchor>
  );
}

function HeaderEnd({ content }: CustomHeaderProps<RecordValues> & { readonly content: ReactNode }) {
  return <>{content}</>;
}
