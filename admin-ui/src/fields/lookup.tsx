import { Anchor } from '@mantine/core';
import { IconArrowUpRight } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { apiName, useObject, type BusinessObject } from '../api/metadata.ts';
import type { RecordValues } from '../api/records.ts';
import type { CellProps, FieldUi, InputProps } from './field-ui.ts';
import { PlainInput } from './plain-input.tsx';
import { textOf, useInputFrame } from './input-frame.ts';
import { titleOf, useRecordTitle } from './record-title.ts';
import { RecordSelect } from './record-select.tsx';

export const lookup: FieldUi = { name: 'lookup', icon: IconArrowUpRight, Cell: ReferenceCell, Input: ReferenceInput, width: 200 };

export function ReferenceCell({ field, record }: CellProps) {
  const target = useObject(field.target ?? 'user');
  const id = textOf(record[apiName(field)]);
  const title = titleOf(target, record[field.name]);
  if (id === '' || !target) return <>{title}</>;
  return (
    <Anchor inherit renderRoot={(props) => <Link {...props} to="/o/$object/$id" params={{ object: target.name, id }} />}>
      {title === '' ? id.slice(0, 8) : title}
    </Anchor>
  );
}

export function ReferenceInput(props: InputProps) {
  const target = useObject(props.field.target ?? 'user');
  return target ? <KnownReferenceInput {...props} target={target} /> : <PlainInput {...props} />;
}

function KnownReferenceInput({ target, ...props }: InputProps & { readonly target: BusinessObject }) {
  const frame = useInputFrame(props);
  const id = textOf(props.value);
  const [chosen, setChosen] = useState<RecordValues | null>(null);
  const known = chosen?.['id'] === id ? textOf(chosen['title']) : expandedTitle(target, props, id);
  const asked = useRecordTitle(target.name, known === '' ? id : '');
  const shown = known === '' ? asked : known;
  return (
    <RecordSelect
      target={target}
      shown={id === '' ? '' : shown}
      isChosen={id !== ''}
      isDisabled={!props.field.editable}
      frame={frame}
      onChoose={(record) => {
        setChosen(record);
        props.onChange(record === null ? null : record['id']);
        props.onChosen?.(record);
      }}
    />
  );
}

function expandedTitle(target: BusinessObject, { field, record }: InputProps, id: string): string {
  const expanded = record[field.name];
  const isSame = typeof expanded === 'object' && expanded !== null && 'id' in expanded && expanded.id === id;
  return isSame ? titleOf(target, expanded) : '';
}
