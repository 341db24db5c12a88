import { Anchor, Fieldset, SimpleGrid, TextInput } from '@mantine/core';
import { IconWorldLatitude } from '@tabler/icons-react';
import { useState } from 'react';
import { useTexts } from '../i18n/index.ts';
import type { CellProps, FieldUi, InputProps } from './field-ui.ts';
import { textOf, useInputFrame } from './input-frame.ts';
import { partsOf, withPart } from './parts.ts';

export const geoPoint: FieldUi = { name: 'geoPoint', icon: IconWorldLatitude, Cell: PlaceCell, Input: PlaceInput, width: 180 };

const PARTS = ['lat', 'lng'] as const;

function PlaceCell({ value }: CellProps) {
  const { lat, lng } = partsOf(value);
  if (typeof lat !== 'number' || typeof lng !== 'number') return null;
  return (
    <Anchor inherit href={`geo:${lat},${lng}`}>
      {`${lat.toFixed(5)}, ${lng.toFixed(5)}`}
    </Anchor>
  );
}

/** Two numbers; a pair pasted into the first fills both, as maps copy it: `52.520008, 13.404954`. */
function PlaceInput(props: InputProps) {
  const { t } = useTexts();
  const frame = useInputFrame({ ...props, isBare: false });
  const parts = partsOf(props.value);
  const [typed, setTyped] = useState<{ readonly part: string; readonly text: string } | null>(null);
  const change = (part: string, text: string): void => {
    const pair = /^\s*(-?\d+(?:\.\d+)?)\s*[,;]\s*(-?\d+(?:\.\d+)?)\s*$/.exec(text);
    setTyped(pair ? null : { part, text });
    if (pair) return props.onChange({ lat: Number(pair[1]), lng: Number(pair[2]) });
    const number = text.trim() === '' ? null : Number(text.replace(',', '.'));
    props.onChange(withPart(parts, part, Number.isNaN(number) ? text : number));
  };
  return (
    <Fieldset legend={frame.label} disabled={frame.disabled} className="address">
      <SimpleGrid cols={2} spacing="xs">
        {PARTS.map((part) => (
          <TextInput
            key={part}
            name={`${props.field.name}.${part}`}
            label={t(`geoPoint.${part}`)}
            inputMode="decimal"
            value={typed?.part === part ? typed.text : textOf(parts[part])}
            onBlur={() => setTyped(null)}
            onChange={(event) => change(part, event.currentTarget.value)}
            {...(part === 'lat' ? { error: frame.error } : {})}
          />
        ))}
      </SimpleGrid>
    </Fieldset>
  );
}
