import { Checkbox, Group, NumberInput, Text } from '@mantine/core';
import { useTexts } from '../i18n/index.ts';

type Props = {
  readonly type: string;
  readonly value: unknown;
  readonly onChange: (value: string | null) => void;
  /** What it is for: the beginning of a new record, or something to compare with. */
  readonly use: 'default' | 'filter';
};

const WORDS: { readonly [type: string]: 'today' | 'now' | '$me' } = { date: 'today', dateTime: 'now', user: '$me' };
const DAYS_FROM_TODAY = /^today(?:([+-]\d{1,5})d)?$/;

/** Whether a value is worked out when it is needed: today, now, me. */
export function isComputed(type: string, value: unknown): boolean {
  const word = WORDS[type];
  return word !== undefined && typeof value === 'string' && (word === '$me' ? value === word : /^(today|now)\b/.test(value));
}

/** "Today", and how many days after it; for instants and people only the former. Nothing for other types. */
export function ComputedValue({ type, value, onChange, use }: Props) {
  const { t } = useTexts();
  const word = WORDS[type];
  if (word === undefined) return null;
  const isChosen = isComputed(type, value);
  const days = isChosen && type === 'date' ? DAYS_FROM_TODAY.exec(String(value)) : null;
  const isOther = isChosen && days === null && value !== word;
  return (
    <Group mt={6} gap="md" align="center">
      <Checkbox
        label={t(`${use === 'default' ? 'field.default' : 'filter.computed'}.${word === '$me' ? 'me' : word}`)}
        checked={isChosen}
        onChange={(event) => onChange(event.currentTarget.checked ? word : null)}
      />
      {days !== null && (
        <NumberInput
          size="xs"
          w={150}
          min={-99_999}
          max={99_999}
          allowDecimal={false}
          label={t(use === 'default' ? 'field.default.days' : 'filter.computed.days')}
          value={Number(days[1] ?? 0)}
          onChange={(count) => onChange(daysFromToday(Number(count)))}
        />
      )}
      {isOther && <Text size="sm">{String(value)}</Text>}
    </Group>
  );
}

function daysFromToday(count: number): string {
  return count === 0 ? 'today' : `today${count > 0 ? '+' : ''}${count}d`;
}
