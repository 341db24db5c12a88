import { Fieldset, TextInput } from '@mantine/core';
import type { InputProps } from './field-ui.ts';
import { textOf, useInputFrame } from './input-frame.ts';
import { partsOf, withPart } from './parts.ts';

type Props<Part extends string> = InputProps & { readonly parts: readonly Part[]; readonly labelOf: (part: Part) => string };

/** One text for each part of a value, such as an address; what is refused stands at the first. */
export function PartsInput<Part extends string>({ parts, labelOf, ...props }: Props<Part>) {
  const frame = useInputFrame({ ...props, isBare: false });
  const value = partsOf(props.value);
  return (
    <Fieldset legend={frame.label} disabled={frame.disabled} className="address">
      <div className="parts">
        {parts.map((part, index) => (
          <TextInput
            key={part}
            name={`${props.field.name}.${part}`}
            label={labelOf(part)}
            value={textOf(value[part])}
            onChange={(event) => props.onChange(withPart(value, part, event.currentTarget.value))}
            {...(index === 0 ? { error: frame.error } : {})}
          />
        ))}
      </div>
    </Fieldset>
  );
}
