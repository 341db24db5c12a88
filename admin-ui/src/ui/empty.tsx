import { Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';

type Props = { readonly icon: ReactNode; readonly title: string; readonly text?: string; readonly children?: ReactNode };

/** A place with nothing in it yet: says so, and offers the next step. */
export function Empty({ icon, title, text, children }: Props) {
  return (
    <div className="card empty">
      {icon}
      <Title order={2}>{title}</Title>
      {text !== undefined && (
        <Text size="sm" className="dim">
          {text}
        </Text>
      )}
      {children}
    </div>
  );
}
