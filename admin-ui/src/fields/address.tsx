import { IconMapPin } from '@tabler/icons-react';
import { useTexts } from '../i18n/index.ts';
import { COUNTRY_CODES } from './country-codes.ts';
import type { CellProps, FieldUi, InputProps } from './field-ui.ts';
import { textOf } from './input-frame.ts';
import { PartsInput, type PartChoice } from './parts-input.tsx';
import { ADDRESS_PARTS, partsOf } from './parts.ts';

export const address: FieldUi = { name: 'address', icon: IconMapPin, Cell: AddressCell, Input: AddressInput, width: 240 };

function AddressCell({ value }: CellProps) {
  const parts = partsOf(value);
  const city = [textOf(parts['postalCode']), textOf(parts['city'])].filter(Boolean).join(' ');
  const lines = [textOf(parts['street']), city, textOf(parts['region']), textOf(parts['country'])];
  return <>{lines.filter(Boolean).join(', ')}</>;
}

function AddressInput(props: InputProps) {
  const { language, t } = useTexts();
  const choices = { country: countryChoices(language) };
  return <PartsInput {...props} parts={ADDRESS_PARTS} labelOf={(part) => t(`address.${part}`)} choices={choices} />;
}

const known = new Map<string, readonly PartChoice[]>();

/** All countries in the reader's language and order. Worked out once: naming them takes a moment. */
function countryChoices(language: string): readonly PartChoice[] {
  const names = new Intl.DisplayNames([language], { type: 'region' });
  const choices =
    known.get(language) ??
    COUNTRY_CODES.map((value) => ({ value, label: names.of(value) ?? value })).toSorted((left, right) =>
      left.label.localeCompare(right.label, language),
    );
  known.set(language, choices);
  return choices;
}
