import { Checkbox, Group, NumberInput, Text } from '@mantine/core';
import { useTexts } from '#admin-ui/src/i18n/index.ts';

type Props = { readonly type: string; readonly value: unknown; readonly onChange: (value: string | null) => void };

const WORDS: { readonly [type: string]: 'today' | 'now' | '$me' } = { date: 'today', dateTime: 'now', user: '$me' };
const DAYS_FROM_TODAY = /^today(?:([+-]\d{1,5})d)?$/;

/** Whether a default is worked out when the record is made, and not a value. */
export function isComputed(type: string, value: unknown): boolean {
  const word = WORDS[type];
  return word !== undefined && typeof value === 'string' && !/^\d/.test(value) && (word !== '$me' || value === word);
}

/** "The day it is made", and how many days after it; for instants and people only the former. */
export function ComputedDefault({ type, value, onChange }: Props) {
  const { t } = useTexts();
  const word = WORDS[type];
  if (word === undefined) return null;
  const isChosen = isComputed(type, value);
  const days = isChosen && type === 'date' ? DAYS_FROM_TODAY.exec(String(value)) : null;
  const isOther = isChosen && days === null && value !== word;
  return (
    <Group mt={6} gap="md" align="center">
      <Checkbox
        label={t(`field.default.${word === '$me' ? 'me' : word}`)}
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
          label={t('field.default.days')}
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
