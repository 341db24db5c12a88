import { Anchor, Fieldset, Select } from '@mantine/core';
import { IconRoute2 } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useObject, useObjects } from '../api/metadata.ts';
import { loadRecord } from '../api/records.ts';
import { useTexts } from '../i18n/index.ts';
import type { CellProps, FieldUi, InputProps } from './field-ui.ts';
import { textOf, useInputFrame } from './input-frame.ts';
import { titleOf } from './record-title.ts';
import { partsOf } from './parts.ts';
import { RecordSelect } from './record-select.tsx';

export const polymorphic: FieldUi = { name: 'polymorphic', icon: IconRoute2, Cell: AnyReferenceCell, Input: AnyReferenceInput, width: 200 };

/** The title of what a reference leads to: as it came, else asked for. */
function useTitle(value: unknown): string {
  const parts = partsOf(value);
  const target = useObject(textOf(parts['object']));
  const id = textOf(parts['id']);
  const known = textOf(parts['title']);
  const asked = useQuery({
    queryKey: ['title', target?.name, id],
    queryFn: ({ signal }) => (target ? loadRecord(target, id, { fields: `id,${target.titleField}`, signal }) : null),
    enabled: target !== undefined && id !== '' && known === '',
    staleTime: 60_000,
    retry: false,
  });
  return known === '' ? titleOf(target, asked.data?.record) || id.slice(0, 8) : known;
}

function AnyReferenceCell({ value }: CellProps) {
  const parts = partsOf(value);
  const title = useTitle(value);
  const [object, id] = [textOf(parts['object']), textOf(parts['id'])];
  if (id === '') return null;
  return (
    <Anchor inherit renderRoot={(props) => <Link {...props} to="/o/$object/$id" params={{ object, id }} />}>
      {title}
    </Anchor>
  );
}

/** First of which object, then which record of it. */
function AnyReferenceInput(props: InputProps) {
  const { t, say } = useTexts();
  const frame = useInputFrame({ ...props, isBare: false });
  const parts = partsOf(props.value);
  const targets = useObjects().filter((object) => props.field.targets?.includes(object.name) === true);
  const [chosen, setChosen] = useState<string | null>(null);
  const name = textOf(parts['object']) || chosen || (targets[0]?.name ?? '');
  const target = targets.find((object) => object.name === name);
  const title = useTitle(props.value);
  return (
    <Fieldset legend={frame.label} disabled={frame.disabled} className="address">
      <div className="parts">
        <Select
          label={t('polymorphic.object')}
          data={targets.map((object) => ({ value: object.name, label: say(object.label) }))}
          value={name || null}
          allowDeselect={false}
          error={frame.error}
          onChange={(next) => {
            setChosen(next);
            if (next !== parts['object']) props.onChange(null);
          }}
        />
        {target && (
          <RecordSelect
            target={target}
            shown={parts['id'] === undefined ? '' : title}
            isChosen={parts['id'] !== undefined}
            isDisabled={frame.disabled}
            frame={{ label: t('polymorphic.record'), name: frame.name }}
            onChoose={(record) => props.onChange(record === null ? null : { object: target.name, id: record['id'] })}
          />
        )}
      </div>
    </Fieldset>
  );
}
