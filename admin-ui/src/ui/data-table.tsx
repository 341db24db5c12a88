import { Table } from '@mantine/core';
import type { ReactNode } from 'react';

type Props = {
  readonly label: string;
  /** Narrower than this many pixels it scrolls sideways, by key too. */
  readonly minWidth: number;
  readonly isDense?: boolean;
  /** The first column says what a row is about: it stays when the others scroll. */
  readonly hasRowHeads?: boolean;
  readonly children: ReactNode;
};

/** A table of the set-up: head and body are its children. */
export function DataTable({ label, minWidth, isDense = false, hasRowHeads = false, children }: Props) {
  return (
    <Table.ScrollContainer minWidth={minWidth} scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}>
      <Table
        aria-label={label}
        {...(hasRowHeads ? { className: 'row-heads' } : {})}
        horizontalSpacing="md"
        verticalSpacing={isDense ? 5 : 'xs'}
        highlightOnHover
      >
        {children}
      </Table>
    </Table.ScrollContainer>
  );
}
