import { Fieldset, SimpleGrid, TextInput } from '@mantine/core';
import { IconMapPin } from '@tabler/icons-react';
import { useTexts } from '../i18n/index.ts';
import type { CellProps, FieldUi, InputProps } from './field-ui.ts';
import { textOf, useInputFrame } from './input-frame.ts';

export const address: FieldUi = { name: 'address', icon: IconMapPin, Cell: AddressCell, Input: AddressInput, width: 240 };

const PARTS = ['street', 'postalCode', 'city', 'region', 'country'] as const;

function partsOf(value: unknown): { readonly [part: string]: unknown } {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function AddressCell({ value }: CellProps) {
  const parts = partsOf(value);
  const city = [textOf(parts['postalCode']), textOf(parts['city'])].filter(Boolean).join(' ');
  const lines = [textOf(parts['street']), city, textOf(parts['region']), textOf(parts['country'])];
  return <>{lines.filter(Boolean).join(', ')}</>;
}

function AddressInput(props: InputProps) {
  const { t } = useTexts();
  const frame = useInputFrame({ ...props, isBare: false });
  const parts = partsOf(props.value);
  const set = (part: string, text: string): void => {
    const next = Object.fromEntries(Object.entries({ ...parts, [part]: text }).filter(([, one]) => one !== '' && one !== null));
    props.onChange(Object.keys(next).length === 0 ? null : next);
  };
  return (
    <Fieldset legend={frame.label} disabled={frame.disabled} className="address">
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="xs" verticalSpacing="xs">
        {PARTS.map((part) => (
          <TextInput
            key={part}
            name={`${props.field.name}.${part}`}
            label={t(`address.${part}`)}
            value={textOf(parts[part])}
            onChange={(event) => set(part, event.currentTarget.value)}
            {...(part === 'street' ? { error: frame.error } : {})}
          />
        ))}
      </SimpleGrid>
    </Fieldset>
  );
}
