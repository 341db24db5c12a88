import { Anchor } from '@mantine/core';
import { IconLink } from '@tabler/icons-react';
import type { CellProps, FieldUi, InputProps } from './field-ui.ts';
import { textOf } from './input-frame.ts';
import { PlainInput } from './plain-input.tsx';

export const url: FieldUi = { name: 'url', icon: IconLink, Cell: UrlCell, Input: UrlInput, width: 220 };

/** Only web addresses become links: anything else that a stored text may hold stays text. */
function UrlCell({ value }: CellProps) {
  const address = textOf(value);
  if (!/^https?:\/\//i.test(address)) return <>{address}</>;
  return (
    <Anchor href={address} target="_blank" rel="noreferrer noopener" inherit>
      {address.replace(/^https?:\/\//i, '').replace(/\/$/, '')}
    </Anchor>
  );
}

function UrlInput(props: InputProps) {
  return <PlainInput {...props} type="url" />;
}
