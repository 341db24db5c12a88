import { ActionIcon, Box, Button, Group, MultiSelect, Stack, Text, Title } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import type { BusinessObject, Field } from '#admin-ui/src/api/metadata.ts';
import { useTexts } from '#admin-ui/src/i18n/index.ts';
import type { Proposed } from './change-dialog.tsx';
import { LONG_TEXTS } from './long-texts.ts';

type Props = { readonly object: BusinessObject; readonly onPropose: (proposed: Proposed) => void };

/** Values that have an order or are the same or not: those of which an index can be made. */
const KEYS: readonly string[] = ['text', 'integer', 'bigint', 'numeric', 'date', 'time', 'timestamp', 'uuid'];
const FIELDS_MAX = 5;

/** Fields whose values together may be there once. What a rule would do to the records that are there is shown before it is in force. */
export function UniqueTogether({ object, onPropose }: Props) {
  const { t, say } = useTexts();
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const rules = object.uniqueTogether ?? [];
  const fields = object.fields.filter(canBeKey);
  const labelOf = (name: string): string => say(fields.find((field) => field.name === name)?.label) || name;
  const textOf = (rule: readonly string[]): string => rule.map(labelOf).join(' + ');
  const propose = (title: string, uniqueTogether: readonly (readonly string[])[]): void =>
    onPropose({ title, change: { kind: 'changeObject', object: object.id, set: { uniqueTogether } } });
  if (object.parent !== undefined || fields.length < 2) return null;
  return (
    <Box component="section" className="card section" aria-label={t('together.title')}>
      <Title order={2}>{t('together.title')}</Title>
      <Stack gap="xs">
        <Text size="sm" c="dimmed">
          {t('together.help')}
        </Text>
        {rules.map((rule, index) => (
          <Group key={rule.join(' ')} gap="xs">
            <Text size="sm" fw={600}>
              {textOf(rule)}
            </Text>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t('together.remove', { fields: textOf(rule) })}
              onClick={() =>
                propose(
                  t('together.remove', { fields: textOf(rule) }),
                  rules.filter((_rule, at) => at !== index),
                )
              }
            >
              <IconX size={16} />
            </ActionIcon>
          </Group>
        ))}
        <Group gap="xs" align="flex-end">
          <MultiSelect
            className="grow"
            maw={520}
            label={t('together.fields')}
            data={fields.map((field) => ({ value: field.name, label: say(field.label) }))}
            value={[...chosen]}
            maxValues={FIELDS_MAX}
            searchable
            onChange={setChosen}
          />
          <Button
            variant="default"
            leftSection={<IconPlus size={16} aria-hidden />}
            disabled={chosen.length < 2}
            onClick={() => {
              propose(t('together.add', { fields: textOf(chosen) }), [...rules, chosen]);
              setChosen([]);
            }}
          >
            {t('together.addRule')}
          </Button>
        </Group>
      </Stack>
    </Box>
  );
}

function canBeKey(field: Field): boolean {
  return field.state === 'active' && field.name !== 'id' && KEYS.includes(field.storage ?? '') && !LONG_TEXTS.includes(field.type);
}
