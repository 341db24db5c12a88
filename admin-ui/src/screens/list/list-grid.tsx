import {
  CellStyleModule,
  ColumnApiModule,
  EventApiModule,
  InfiniteRowModelModule,
  ModuleRegistry,
  RowSelectionModule,
  ScrollApiModule,
  themeQuartz,
  type CellKeyDownEvent,
  type ColDef,
  type ColumnMovedEvent,
  type ColumnResizedEvent,
  type RowSelectionOptions,
  type SelectionColumnDef,
} from 'ag-grid-community';
import { AgGridReact } from 'ag-grid-react';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useLayoutEffect, useMemo, useRef, useState, type ReactNode, type RefObject } from 'react';
import type { Label } from '#platform/kernel/model.ts';
import type { BusinessObject, Field } from '#admin-ui/src/api/metadata.ts';
import type { RecordValues } from '#admin-ui/src/api/records.ts';
import { useFieldUis } from '#admin-ui/src/fields/field-ui.ts';
import { textOf } from '#admin-ui/src/fields/input-frame.ts';
import { useTexts } from '#admin-ui/src/i18n/index.ts';
import { nonce } from '#admin-ui/src/nonce.ts';
import { fittedWidths, type WantedWidth } from './fitted-widths.ts';
import { HeaderEnd, ListCell, ListHead, TickHead, type GridActions, type HeadParameters } from './list-cells.tsx';
import { useWidths, type Density } from './list-preferences.ts';
import { useCellEditing } from './use-cell-editing.tsx';
import { PAGE_SIZE, type Rows } from './use-rows.ts';

ModuleRegistry.registerModules([
  InfiniteRowModelModule,
  CellStyleModule,
  RowSelectionModule,
  ColumnApiModule,
  EventApiModule,
  ScrollApiModule,
]);

const THEME = themeQuartz.withParams({
  browserColorScheme: 'inherit',
  backgroundColor: 'var(--surface)',
  foregroundColor: 'var(--mantine-color-text)',
  headerBackgroundColor: 'var(--ground)',
  headerTextColor: 'var(--dim)',
  borderColor: 'var(--line)',
  accentColor: 'var(--mantine-color-tessera-7)',
  fontFamily: 'inherit',
  fontSize: 13,
  headerFontSize: 12.5,
  cellHorizontalPadding: 12,
  headerHeight: 34,
  wrapperBorder: false,
  columnBorder: false,
});
const THEMES = { compact: THEME.withParams({ rowHeight: 30 }), normal: THEME.withParams({ rowHeight: 38 }) } as const;

// Options are compared by identity: a new object each time would make the grid begin anew.
const SELECTION: RowSelectionOptions<RecordValues> = { mode: 'multiRow', headerCheckbox: false, enableClickSelection: false };
const [SELECTION_WIDTH, END_WIDTH, SCROLLBAR] = [42, 44, 18];
const SELECTION_COLUMN: SelectionColumnDef = {
  headerComponent: TickHead,
  width: SELECTION_WIDTH,
  resizable: false,
  suppressMovable: true,
  pinned: 'left',
};
const OPTION_WIDTH_MAX = 260;
/** So many columns are drawn whether they are in sight or not, so that Tab and readers come to all of them. */
const DRAWN_MOST = 30;
const rowId = ({ data }: { readonly data: RecordValues }): string => textOf(data['id']);

type Props = {
  readonly object: BusinessObject;
  readonly columns: readonly Field[];
  readonly rows: Rows;
  /** What the rows are asked for. */
  readonly fields: string | undefined;
  /** Whether values may be changed where they stand, as far as rights and rules allow. */
  readonly isOpen: boolean;
  /** How often the rows have been read anew: then they are ticked anew too. */
  readonly round: number;
  readonly sort: string;
  readonly density: Density;
  readonly sortName: (field: Field) => string | undefined;
  readonly onSort: (sort: string) => void;
  readonly onColumns: (names: readonly string[]) => void;
  readonly onSelect: (ids: readonly string[]) => void;
  /** Opens the filter with a condition on the field. */
  readonly onFilter: (field: Field) => void;
  /** What stands at the end of the header: the "+" that makes a field. */
  readonly headerEnd?: ReactNode;
};

/** The virtual table: a million rows scroll, columns are dragged and pulled wider, a header sorts; Enter, F2 and a double click change a cell, or open the record. */
export function ListGrid(props: Props) {
  const { object, columns, rows, density } = props;
  const { t, language } = useTexts();
  const navigate = useNavigate();
  const [widths, keepWidth] = useWidths(object.name);
  const [box, room] = useRoom();
  const definitions = useDefinitions({ ...props, widths, room, hasEnd: props.headerEnd !== undefined });
  const actions = useActions(props);
  const editing = useCellEditing(props);
  const open = (row: RecordValues | undefined): void => {
    if (row) void navigate({ to: '/o/$object/$id', params: { object: object.name, id: textOf(row['id']) } });
  };
  const isTitle = (column: string): boolean =>
    column === columns[0]?.id || column === columns.find(({ name }) => name === object.titleField)?.id;
  const moved = (event: ColumnMovedEvent<RecordValues>): void => {
    if (!event.finished || event.source !== 'uiColumnMoved') return;
    const ids = event.api.getColumnState().map((column) => column.colId);
    props.onColumns(ids.flatMap((id) => columns.find((field) => field.id === id)?.name ?? []));
  };
  const resized = (event: ColumnResizedEvent<RecordValues>): void => {
    if (event.finished && event.source === 'uiColumnResized' && event.column)
      keepWidth(event.column.getColId(), event.column.getActualWidth());
  };
  return (
    <div className="list-grid" ref={box}>
      <AgGridReact<RecordValues>
        key={`${object.name} ${language} ${density} ${props.round} ${columns.map((field) => field.id).join(' ')}`}
        theme={THEMES[density]}
        styleNonce={nonce}
        rowModelType="infinite"
        datasource={rows.source}
        context={actions}
        cacheBlockSize={PAGE_SIZE}
        maxBlocksInCache={40}
        maxConcurrentDatasourceRequests={2}
        blockLoadDebounceMillis={40}
        infiniteInitialRowCount={1}
        columnDefs={definitions}
        rowSelection={SELECTION}
        selectionColumnDef={SELECTION_COLUMN}
        getRowId={rowId}
        suppressDragLeaveHidesColumns
        suppressColumnVirtualisation={columns.length <= DRAWN_MOST}
        onSelectionChanged={({ api }) => props.onSelect(api.getSelectedRows().map((row) => textOf(row['id'])))}
        onColumnMoved={moved}
        onColumnResized={resized}
        onBodyScroll={editing.end}
        onCellDoubleClicked={(event) => {
          if (!editing.begin(event)) open(event.data);
        }}
        onCellKeyDown={(event) => {
          if (!('column' in event)) return;
          const isOpening = isKey(event, 'Enter');
          if ((isOpening && !isTitle(event.column.getColId()) && editing.begin(event)) || (isKey(event, 'F2') && editing.begin(event)))
            return;
          if (isOpening) open(event.data);
        }}
        overlayNoRowsTemplate=" "
        ensureDomOrder
        aria-label={t('list.table')}
      />
      {editing.editor}
    </div>
  );
}

/** The pixels that the columns of a table have; 0 until it is drawn. */
function useRoom(): readonly [RefObject<HTMLDivElement | null>, number] {
  const box = useRef<HTMLDivElement>(null);
  const [room, setRoom] = useState(0);
  useLayoutEffect(() => {
    const { current } = box;
    if (!current) return undefined;
    const measure = (): void => setRoom(current.clientWidth);
    const watch = new ResizeObserver(measure);
    watch.observe(current);
    measure();
    return () => watch.disconnect();
  }, []);
  return [box, room];
}

/** A link in a cell has keys of its own. */
function isKey({ event }: Pick<CellKeyDownEvent, 'event'>, key: string): boolean {
  return event instanceof KeyboardEvent && event.key === key && !(event.target instanceof HTMLAnchorElement);
}

/** What the headers do, always as of the last rendering. */
function useActions({ columns, onSort, onColumns, onFilter, headerEnd }: Props): GridActions {
  const onHide = (field: Field): void => onColumns(columns.filter((one) => one.id !== field.id).map((one) => one.name));
  const actions = { onSort, onHide, onFilter, headerEnd };
  const kept = useRef(actions);
  useEffect(() => {
    kept.current = actions;
  });
  return kept;
}

type Definitions = Pick<Props, 'object' | 'columns' | 'sort' | 'sortName'> & {
  readonly widths: { readonly [column: string]: number };
  readonly room: number;
  readonly hasEnd: boolean;
};

/** What a heading needs, so that it is read whole: about 8 px a letter, the arrow of the order and the menu beside it. */
function headWidth(label: string): number {
  return 62 + 8 * label.length;
}

/** What the longest option needs in its badge. */
function optionsWidth({ type, options = [] }: Field, say: (label: Label) => string): number {
  if (type !== 'status' && type !== 'select' && type !== 'multiSelect') return 0;
  const longest = Math.max(0, ...options.map((option) => say(option.label).length));
  // Beside the first of several stands how many more there are.
  return Math.min(OPTION_WIDTH_MAX, (type === 'multiSelect' ? 84 : 48) + 8 * longest);
}

/** Types whose values are read with an ellipsis, where there is not room for all of them. */
const SHORTENED: readonly string[] = ['text', 'documentNumber', 'longText', 'lookup', 'user', 'url', 'email'];

function useDefinitions({ object, columns, sort, sortName, widths, room, hasEnd }: Definitions): ColDef<RecordValues>[] {
  const { say, t } = useTexts();
  const uis = useFieldUis();
  return useMemo(() => {
    const sorts = sort.split(',').filter(Boolean);
    const wanted = columns.map((field, index): WantedWidth => {
      const head = headWidth(say(field.label));
      const isTitle = index === 0 || field.name === object.titleField;
      const pulled = widths[field.id];
      const width = pulled ?? Math.max(isTitle ? 220 : 0, uis(field).width ?? 160, head, optionsWidth(field, say));
      return { width, least: pulled === undefined && SHORTENED.includes(field.type) ? Math.max(head, 140) : width };
    });
    const beside = SELECTION_WIDTH + (hasEnd ? END_WIDTH : 0);
    const fitted = fittedWidths(wanted, room - beside - SCROLLBAR);
    const made = columns.map((field, index): ColDef<RecordValues> => {
      const ui = uis(field);
      const name = sortName(field);
      const sorted = sorts.find((one) => one.replace('-', '') === name);
      const isTitle = index === 0 || field.name === object.titleField;
      const head: HeadParameters = {
        object,
        column_: field,
        direction: sorted === undefined ? undefined : sorted.startsWith('-') ? 'desc' : 'asc',
        sortName: name,
        canHide: columns.length > 1,
      };
      return {
        colId: field.id,
        headerName: say(field.label),
        width: fitted[index] ?? 160,
        minWidth: 70,
        resizable: true,
        sortable: false,
        headerComponent: ListHead,
        headerComponentParams: head,
        cellRenderer: ListCell,
        cellRendererParams: { object, column_: field, isTitle },
        ...(ui.isNumber === true ? { type: 'rightAligned', cellClass: 'line-number' } : {}),
      };
    });
    const end: ColDef<RecordValues> = { ...END, headerName: t('list.newField') };
    return hasEnd ? [...made, end] : made;
  }, [object, columns, sort, sortName, widths, room, hasEnd, say, t, uis]);
}

/** Behind the last column, wherever that ends: pinned, it would stand before the header of a column that does not fit. */
const END: ColDef<RecordValues> = {
  colId: '$end',
  headerComponent: HeaderEnd,
  lockPosition: 'right',
  width: END_WIDTH,
  sortable: false,
  resizable: false,
  suppressMovable: true,
};
