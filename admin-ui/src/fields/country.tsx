import { Select } from '@mantine/core';
import { IconWorld } from '@tabler/icons-react';
import { useTexts } from '../i18n/index.ts';
import { countryChoices, countryName } from './country-choices.ts';
import type { CellProps, FieldUi, InputProps } from './field-ui.ts';
import { textOf, useInputFrame } from './input-frame.ts';

export const country: FieldUi = { name: 'country', icon: IconWorld, Cell: CountryCell, Input: CountryInput, width: 160 };

function CountryCell({ value }: CellProps) {
  const { language } = useTexts();
  return <>{countryName(textOf(value), language)}</>;
}

function CountryInput(props: InputProps) {
  const { language, t } = useTexts();
  const frame = useInputFrame(props);
  const code = textOf(props.value);
  const choices = countryChoices(language);
  // A code that the list does not have, such as Northern Ireland's for VAT, stays shown.
  const data = code === '' || choices.some(({ value }) => value === code) ? choices : [{ value: code, label: code }, ...choices];
  return (
    <Select
      {...frame}
      data={[...data]}
      value={code === '' ? null : code}
      onChange={(value) => props.onChange(value)}
      clearable={props.field.required !== true && props.field.editable}
      clearButtonProps={{ 'aria-label': t('field.clear') }}
      searchable
      checkIconPosition="right"
    />
  );
}
