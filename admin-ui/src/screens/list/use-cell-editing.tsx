import type { Column, GridApi, IRowNode } from 'ag-grid-community';
import { useState, type ReactNode } from 'react';
import type { BusinessObject, Field } from '#admin-ui/src/api/metadata.ts';
import { queryRecords, type RecordValues } from '#admin-ui/src/api/records.ts';
import { textOf } from '#admin-ui/src/fields/input-frame.ts';
import { notifyFailure } from '#admin-ui/src/ui/notify.tsx';
import { CellEditor, type EditedCell, type Step } from './cell-editor.tsx';

/** What the grid says of the cell that is meant. */
export type GridCell = { readonly api: GridApi<RecordValues>; readonly node: IRowNode<RecordValues>; readonly column: Column };

export type CellEditing = {
  /** Begins to change a cell; false where its field is not for people to change there. */
  readonly begin: (cell: GridCell) => boolean;
  readonly end: () => void;
  readonly editor: ReactNode;
};

type Options = {
  readonly object: BusinessObject;
  readonly columns: readonly Field[];
  readonly fields: string | undefined;
  readonly isOpen: boolean;
};

/** They are drawn over more than a cell, or are not typed. */
const NOT_IN_CELLS: readonly string[] = ['children', 'file', 'image', 'richText', 'markdown', 'json', 'condition', 'snapshot', 'status'];

/** Changes values where they stand in the list. `fields` is what its rows are asked for; a list that is not `isOpen`, such as the recycle bin, is only read. */
export function useCellEditing({ object, columns, fields, isOpen }: Options): CellEditing {
  const [at, setAt] = useState<(GridCell & { readonly edited: EditedCell }) | null>(null);
  const fieldOf = (column: Column): Field | undefined => columns.find(({ id }) => id === column.getColId());
  const isOffered = (column: Column): boolean => {
    const field = fieldOf(column);
    return isOpen && object.permissions.edit && field?.editable === true && field.system !== true && !NOT_IN_CELLS.includes(field.type);
  };
  const begin = (cell: GridCell): boolean => {
    const field = fieldOf(cell.column);
    const id = textOf(cell.node.data?.['id']);
    const place = cellElement(cell)?.getBoundingClientRect();
    if (!field || id === '' || !place || !isOffered(cell.column)) return false;
    setAt({ ...cell, edited: { id, field, place } });
    return true;
  };
  const finish = (cell: GridCell & { readonly edited: EditedCell }, step: Step, isSaved: boolean): void => {
    setAt(null);
    if (isSaved) void refresh(object, cell.node, fields);
    const next = step === 0 ? cell.column : nextOf(cell, step, isOffered);
    cell.api.ensureColumnVisible(next);
    cell.api.setFocusedCell(cell.node.rowIndex ?? 0, next);
    // The column may have come into sight only now.
    if (next !== cell.column) requestAnimationFrame(() => begin({ ...cell, column: next }));
  };
  return {
    begin,
    end: () => setAt(null),
    editor: at && (
      <CellEditor
        key={`${at.edited.id} ${at.edited.field.id}`}
        object={object}
        edited={at.edited}
        onEnd={(step, isSaved) => finish(at, step, isSaved)}
      />
    ),
  };
}

/** The next column in that direction in which something can be changed; the same where there is none. */
function nextOf({ api, column }: GridCell, step: Step, isOffered: (column: Column) => boolean): Column {
  const shown = api.getAllDisplayedColumns();
  const from = shown.indexOf(column);
  const others = step > 0 ? shown.slice(from + 1) : shown.slice(0, from).toReversed();
  return others.find(isOffered) ?? column;
}

function cellElement({ node, column }: GridCell): Element | null {
  return document.querySelector(`.list-grid [row-index="${node.rowIndex}"] [col-id="${CSS.escape(column.getColId())}"]`);
}

/** The row as the list shows it, with the titles of what it refers to. */
async function refresh(object: BusinessObject, node: IRowNode<RecordValues>, fields: string | undefined): Promise<void> {
  const id = textOf(node.data?.['id']);
  try {
    const { items } = await queryRecords(object, { filter: { id: { eq: id } }, limit: 1, ...(fields === undefined ? {} : { fields }) });
    if (items[0]) node.setData(items[0]);
  } catch (error) {
    notifyFailure(error);
  }
}
