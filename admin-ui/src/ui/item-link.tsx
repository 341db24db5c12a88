import { Anchor } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';

/** The way to an open item, beside which one works: it opens in a window of its own, so that nothing that was typed is lost. */
export function ItemLink({ id, children }: { readonly id: string; readonly children: ReactNode }) {
  return (
    <Anchor inherit renderRoot={(props) => <Link {...props} to="/o/$object/$id" params={{ object: 'open_item', id }} target="_blank" />}>
      {children}
    </Anchor>
  );
}
