import { Badge } from '@mantine/core';
import type { Option } from '#platform/kernel/model.ts';
import { useTexts } from '../i18n/index.ts';

/** The colours an option may have; others are shown grey. */
export const OPTION_COLORS = [
  'gray',
  'blue',
  'cyan',
  'teal',
  'green',
  'lime',
  'yellow',
  'orange',
  'red',
  'pink',
  'grape',
  'violet',
  'indigo',
];

/** An option's label in its colour; a key that no option has is shown as it is. */
export function OptionBadge({ options, value }: { readonly options: readonly Option[] | undefined; readonly value: string }) {
  const { say } = useTexts();
  const option = options?.find((one) => one.key === value);
  const color = option?.color !== undefined && OPTION_COLORS.includes(option.color) ? option.color : 'gray';
  return (
    <Badge variant="light" color={color} radius="sm" className="option" tt="none" fw={600}>
      {option ? say(option.label) : value}
    </Badge>
  );
}
