import { Text } from '@mantine/core';
import { useObjects, type BusinessObject, type Field } from '../api/metadata.ts';
import { useFieldUis, type CellProps, type InputProps } from './field-ui.ts';
import { textOf } from './input-frame.ts';

/** The field that a related value or snapshot shows, found by its path. */
export function originOf(objects: readonly BusinessObject[], { id, path }: Pick<Field, 'id' | 'path'>): Field | undefined {
  const [first, last] = path?.split('.') ?? [];
  const own = objects.find((object) => object.fields.some((one) => one.id === id));
  const leading = own?.fields.find((one) => one.name === first);
  return objects.find(({ name }) => name === leading?.target)?.fields.find((one) => one.name === last);
}

/** Shown as its origin is shown. */
export function CopiedCell({ field, value, record }: CellProps) {
  const origin = originOf(useObjects(), field);
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
