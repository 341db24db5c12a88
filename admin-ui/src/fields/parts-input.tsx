import { Fieldset, Select, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTexts } from '../i18n/index.ts';
import type { InputProps } from './field-ui.ts';
import { textOf, useInputFrame } from './input-frame.ts';
import { partsOf, withPart } from './parts.ts';

/** What a part that is chosen can be. */
export type PartChoice = { readonly value: string; readonly label: string };

type Props<Part extends string> = InputProps & {
  readonly parts: readonly Part[];
  readonly labelOf: (part: Part) => string;
  /** Of parts that are chosen instead of typed. */
  readonly choices?: { readonly [part in Part]?: readonly PartChoice[] };
};

/** One input for each part of a value, such as an address; what is refused stands at the first. */
export function PartsInput<Part extends string>({ parts, labelOf, choices, ...props }: Props<Part>) {
  const frame = useInputFrame({ ...props, isBare: false });
  const value = partsOf(props.value);
  return (
    <Fieldset legend={frame.label} disabled={frame.disabled} className="address">
      <div className="parts">
        {parts.map((part, index) => (
          <PartInput
            key={part}
            name={`${props.field.name}.${part}`}
            label={labelOf(part)}
            value={textOf(value[part])}
            choices={choices?.[part]}
            error={index === 0 ? frame.error : undefined}
            onChange={(given) => props.onChange(withPart(value, part, given))}
          />
        ))}
      </div>
    </Fieldset>
  );
}

type PartProps = {
  readonly name: string;
  readonly label: string;
  readonly value: string;
  readonly choices: readonly PartChoice[] | undefined;
  readonly error: ReactNode;
  readonly onChange: (given: string | null) => void;
};

function PartInput({ choices, value, onChange, ...frame }: PartProps) {
  const { t } = useTexts();
  if (!choices) return <TextInput {...frame} value={value} onChange={(event) => onChange(event.currentTarget.value)} />;
  const isKnown = value === '' || choices.some((one) => one.value === value);
  return (
    <Select
      {...frame}
      data={isKnown ? choices : [{ value, label: value }, ...choices]}
      value={value === '' ? null : value}
      onChange={onChange}
      clearable
      clearButtonProps={{ 'aria-label': t('field.clear') }}
      searchable
      checkIconPosition="right"
    />
  );
}
