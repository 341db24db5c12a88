import { Text } from '@mantine/core';
import { useObject, useObjects, type Field } from '../api/metadata.ts';
import { useFieldUis, type CellProps, type InputProps } from './field-ui.ts';
import { textOf } from './input-frame.ts';

/** The field that a related value or snapshot shows, found by its path. */
function useOrigin(field: Field): Field | undefined {
  const [first, last] = field.path?.split('.') ?? [];
  const own = useObjects().find((object) => object.fields.some((one) => one.id === field.id));
  const target = useObject(own?.fields.find((one) => one.name === first)?.target);
  return target?.fields.find((one) => one.name === last);
}

/** Shown as its origin is shown. */
export function CopiedCell({ field, value, record }: CellProps) {
  const origin = useOrigin(field);
  const find = useFieldUis();
  if (value === null || value === undefined) return null;
  if (!origin) return <>{textOf(value)}</>;
  const { Cell } = find(origin);
  return <Cell field={{ ...origin, id: field.id }} value={value} record={record} />;
}

/** Never written, so that a form shows it like a page does. */
export function CopiedInput(props: InputProps) {
  return (
    <Text component="div" size="sm">
      <CopiedCell field={props.field} value={props.value} record={props.record} />
    </Text>
  );
}
