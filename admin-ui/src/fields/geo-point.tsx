import { Anchor, Fieldset, TextInput } from '@mantine/core';
import { IconExternalLink, IconWorldLatitude } from '@tabler/icons-react';
import { useState, type ClipboardEvent } from 'react';
import { formatDecimal } from '../i18n/format.ts';
import { useTexts, type Language } from '../i18n/index.ts';
import type { CellProps, FieldUi, InputProps } from './field-ui.ts';
import { textOf, useInputFrame } from './input-frame.ts';
import { partsOf, withPart } from './parts.ts';
import { DEGREES_MOST, degreesOf, pairIn, problemOf } from './place-text.ts';

export const geoPoint: FieldUi = { name: 'geoPoint', icon: IconWorldLatitude, Cell: PlaceCell, Input: PlaceInput, width: 180 };

const PARTS = ['lat', 'lng'] as const;
type Part = (typeof PARTS)[number];

function PlaceCell({ value }: CellProps) {
  const { t, language } = useTexts();
  const { lat, lng } = partsOf(value);
  if (typeof lat !== 'number' || typeof lng !== 'number') return null;
  // A comma between numbers with decimal commas would be one more.
  const between = language === 'de' ? '; ' : ', ';
  return (
    <Anchor inherit href={mapAddress(lat, lng)} target="_blank" rel="noopener noreferrer" title={t('geoPoint.map')}>
      {[lat, lng].map((degrees) => formatDecimal(degrees.toFixed(5), language)).join(between)}
    </Anchor>
  );
}

/** The place on a map of the web, opened by whoever wants to see it: nothing is loaded from there before. */
function mapAddress(lat: number, lng: number): string {
  return `https://www.openstreetmap.org/?mlat=${lat}&mlon=${lng}#map=16/${lat}/${lng}`;
}

/** Two numbers; a pair that is pasted into one, or left in it, fills both, as maps copy it: `52.520008, 13.404954`. */
function PlaceInput(props: InputProps) {
  const { t, language } = useTexts();
  const frame = useInputFrame({ ...props, isBare: false });
  const parts = partsOf(props.value);
  const [typed, setTyped] = useState<{ readonly part: Part; readonly text: string } | null>(null);
  const takePair = (text: string): boolean => {
    const pair = pairIn(text);
    if (pair) props.onChange(pair);
    return pair !== null;
  };
  const onPaste = (event: ClipboardEvent): void => {
    if (!takePair(event.clipboardData.getData('text'))) return;
    event.preventDefault();
    setTyped(null);
  };
  const wrong = (part: Part): string | null => {
    const problem = typed?.part === part ? null : problemOf(part, parts[part]);
    return problem && t(`geoPoint.${problem}`, { most: DEGREES_MOST[part] });
  };
  return (
    <Fieldset legend={frame.label} disabled={frame.disabled} className="address">
      <div className="parts">
        {PARTS.map((part) => (
          <TextInput
            key={part}
            name={`${props.field.name}.${part}`}
            label={t(`geoPoint.${part}`)}
            inputMode="decimal"
            value={typed?.part === part ? typed.text : shown(parts[part], language)}
            onPaste={onPaste}
            onBlur={() => {
              if (typed) takePair(typed.text);
              setTyped(null);
            }}
            onChange={({ currentTarget: { value: text } }) => {
              setTyped({ part, text });
              props.onChange(withPart(parts, part, degreesOf(text, language)));
            }}
            error={wrong(part) ?? (part === 'lat' ? frame.error : null)}
          />
        ))}
      </div>
      {typeof parts['lat'] === 'number' && typeof parts['lng'] === 'number' && (
        <Anchor size="sm" href={mapAddress(parts['lat'], parts['lng'])} target="_blank" rel="noopener noreferrer">
          {t('geoPoint.map')} <IconExternalLink size={13} aria-hidden />
        </Anchor>
      )}
    </Fieldset>
  );
}

function shown(value: unknown, language: Language): string {
  return formatDecimal(textOf(value), language);
}
