import { IconMapPin } from '@tabler/icons-react';
import { useTexts } from '../i18n/index.ts';
import { countryChoices } from './country-choices.ts';
import type { CellProps, FieldUi, InputProps } from './field-ui.ts';
import { textOf } from './input-frame.ts';
import { PartsInput } from './parts-input.tsx';
import { ADDRESS_PARTS, partsOf } from './parts.ts';

export const address: FieldUi = { name: 'address', icon: IconMapPin, Cell: AddressCell, Input: AddressInput, span: 2, width: 240 };

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
