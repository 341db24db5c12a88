import { Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import type { ReactNode } from 'react';

/** A page: its heading, what can be done with it, and what it shows. */
export function Page({
  title,
  icon,
  actions,
  children,
}: {
  readonly title: string;
  readonly icon?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}) {
  useDocumentTitle(`${title} · Tessera`);
  return (
    <>
      <div className="page-head">
        {icon}
        <Title order={1}>{title}</Title>
        <span className="grow" />
        {actions}
      </div>
      {children}
    </>
  );
}
