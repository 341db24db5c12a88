import type { Icon } from '@tabler/icons-react';
import { createContext, use, type ComponentType } from 'react';
import type { Field } from '../api/metadata.ts';
import type { RecordValues } from '../api/records.ts';

/** What shows a value: in lists, on pages, in the history. Values are as in the API's JSON; `record` is the row they stand in. */
export type CellProps = { readonly field: Field; readonly value: unknown; readonly record: RecordValues };

/** What takes a value: on pages with a label, in grids and dialogs `isBare`, with the label for screen readers alone. */
export type InputProps = {
  readonly field: Field;
  readonly value: unknown;
  readonly record: RecordValues;
  readonly onChange: (value: unknown) => void;
  readonly error?: string | undefined;
  readonly isBare?: boolean;
  readonly autoFocus?: boolean;
  /** Children: the problems of their rows, by `0.quantity`. */
  readonly errors?: { readonly [path: string]: string };
  /** Children: the ids of the fields shown as columns; absent: all. */
  readonly columns?: readonly string[] | undefined;
  /** A reference also tells the record that was chosen, so that its title can be shown before it is saved. */
  readonly onChosen?: (record: RecordValues | null) => void;
};

/** A field type on the screens: the mirror of its file in platform/kernel/field-types. */
export type FieldUi = {
  readonly name: string;
  readonly icon: Icon;
  readonly Cell: ComponentType<CellProps>;
  /** Shows the value where there is room for all of it, as on the record's page; absent: as the cell does. */
  readonly Reading?: ComponentType<CellProps>;
  readonly Input: ComponentType<InputProps>;
  /** Numbers stand at the end of their column. */
  readonly isNumber?: boolean;
  /** Its input has several parts: where the layout says nothing, it takes so many columns. */
  readonly span?: number;
  /** Takes the whole width of a section. */
  readonly isWide?: boolean;
  /** Width of a list's column, in pixels. */
  readonly width?: number;
};

/** How a field is shown. The registry is given from above, so that a type that shows fields of others (children) need not import it. */
export const FieldUisContext = createContext<((field: Pick<Field, 'type'>) => FieldUi) | null>(null);

export function useFieldUis(): (field: Pick<Field, 'type'>) => FieldUi {
  const find = use(FieldUisContext);
  if (!find) throw new Error('Fields are shown inside FieldUisContext.');
  return find;
}
