import { useEffect, useRef, type ClipboardEvent, type KeyboardEvent, type RefObject } from 'react';
import { defaultsOf } from '../api/defaults.ts';
import { useMe, type BusinessObject, type Field } from '../api/metadata.ts';
import type { RecordValues } from '../api/records.ts';
import type { InputProps } from './field-ui.ts';
import { textOf } from './input-frame.ts';
import { withAmount } from './line-amounts.ts';
import { useLineFill } from './line-fill.ts';
import { addedRow, movedRow, pastedRows, rowsOf, withoutRow, withValue, withValues, type Row } from './line-rows.ts';

/** Rows of a child object as their table edits them. */
export type Lines = {
  readonly rows: readonly Row[];
  readonly canEdit: boolean;
  readonly add: () => void;
  readonly remove: (index: number) => void;
  readonly set: (index: number, change: { readonly field: Field; readonly value: unknown; readonly chosen?: RecordValues | null }) => void;
  /** Enter: next row. Ctrl-Delete: without this row. Alt with an arrow: this row up or down. */
  readonly onKeyDown: (event: KeyboardEvent, at: { readonly row: number; readonly column: number }) => void;
  readonly onPaste: (event: ClipboardEvent, at: { readonly row: number; readonly fields: readonly Field[] }) => void;
};

/** The controller of line items. Amounts run along as one types; what is chosen fills the rest of its row. */
export function useLines(props: InputProps, child: BusinessObject, table: RefObject<HTMLTableElement | null>): Lines {
  const { field, value, record, onChange } = props;
  const me = useMe();
  const rows = rowsOf(value);
  const ownCurrency = me.company?.currency ?? me.currency ?? undefined;
  const currency = textOf(record['currency']) || ownCurrency;
  const fillRow = useRowFill(child, rows, currency !== ownCurrency);
  const change = (next: readonly Row[]): void => onChange(next.map((row) => withAmount(child, row, currency)));
  const focus = (row: number, column: number): void => void setTimeout(() => focusCell(table.current, row, column));
  const add = (): void => {
    change(addedRow(rows, defaultsOf(child, me)));
    focus(rows.length, 0);
  };
  const remove = (index: number): void => change(withoutRow(rows, index));
  const onKeyDown: Lines['onKeyDown'] = (event, { row, column }) => {
    const move = field.editable && !event.defaultPrevented ? moveOf(event) : null;
    if (move === null) return;
    event.preventDefault();
    if (move === 'up' || move === 'down') {
      const step = move === 'up' ? -1 : 1;
      change(movedRow(rows, row, step));
      focus(Math.min(Math.max(row + step, 0), rows.length - 1), column);
    } else if (move === 'remove') {
      remove(row);
      focus(Math.max(0, Math.min(row, rows.length - 2)), column);
    } else if (row + 1 === rows.length) add();
    else focusCell(table.current, row + 1, column);
  };
  return {
    rows,
    canEdit: field.editable,
    add,
    remove,
    set: (index, one) => {
      change(withValue(rows, index, one));
      fillRow(rows[index], one, change);
    },
    onKeyDown,
    onPaste: (event, { row, fields }) => {
      const text = event.clipboardData.getData('text/plain');
      if (!text.includes('\t') && !text.trim().includes('\n')) return;
      event.preventDefault();
      change(pastedRows(rows, text, { index: row, fields }));
    },
  };
}

type Chosen = { readonly field: Field; readonly chosen?: RecordValues | null };

/** Fills a row from the record chosen in it, as soon as that has come; other rows may have changed meanwhile. */
function useRowFill(child: BusinessObject, rows: readonly Row[], isForeign: boolean) {
  const fill = useLineFill(child, { isForeign });
  const latest = useRef(rows);
  useEffect(() => {
    latest.current = rows;
  });
  return (row: Row | undefined, { field, chosen }: Chosen, change: (rows: readonly Row[]) => void): void => {
    if (!row || !chosen) return;
    // Where the record may not be read, the server fills the row when it saves.
    fill(field, chosen, row).then(
      (values) => change(withValues(latest.current, row['id'] ?? row['$key'], values)),
      () => undefined,
    );
  };
}

/** What a key means in a row; null: nothing of the table's. */
function moveOf(event: KeyboardEvent): 'up' | 'down' | 'remove' | 'next' | null {
  if (event.altKey && event.key === 'ArrowUp') return 'up';
  if (event.altKey && event.key === 'ArrowDown') return 'down';
  if ((event.ctrlKey || event.metaKey) && (event.key === 'Delete' || event.key === 'Backspace')) return 'remove';
  return event.key === 'Enter' && isPlainInput(event.target) ? 'next' : null;
}

/** Not a list that is open: there, Enter chooses. */
function isPlainInput(target: EventTarget): boolean {
  return target instanceof HTMLInputElement && target.getAttribute('aria-expanded') !== 'true';
}

/** Puts the cursor into a cell; a column that takes no input gives it to the next one that does. */
function focusCell(table: HTMLTableElement | null, row: number, column: number): void {
  const cells = table?.tBodies[0]?.rows[row]?.cells;
  const inputs = [...(cells ?? [])]
    .slice(column)
    .flatMap((cell) => cell.querySelector<HTMLInputElement>('input:not(:disabled), textarea') ?? []);
  inputs[0]?.focus();
}
