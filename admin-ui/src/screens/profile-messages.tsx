import { Button, Checkbox, Group, SimpleGrid, Stack, Table, Text, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { CommandDefinition } from '#platform/kernel/model.ts';
import { apiName, useObject, type BusinessObject } from '../api/metadata.ts';
import { ownMessagesQuery, setOwnPreference, setOwnTimes, type OwnMessages, type OwnRule } from '../api/own-messages.ts';
import { problemsByPath } from '../api/problem.ts';
import type { RecordValues } from '../api/records.ts';
import { useFieldUis } from '../fields/field-ui.ts';
import { useTexts } from '../i18n/index.ts';
import { commandFields, type CommandField } from '../layout/command-dialog.tsx';
import { mayUse } from '../layout/use-commands.tsx';
import { Failure } from '../ui/failure.tsx';
import { notifyDone, notifyFailure } from '../ui/notify.tsx';

/** When messages reach who is signed in, and what they want to be told; nothing for those whose roles do not let them say. */
export function ProfileMessages() {
  const rules = useObject('notification_rule');
  const named = (name: string): CommandDefinition | undefined =>
    rules?.commands.find((command) => command.name === name && mayUse(rules, command));
  const times = named('setOwnTimes');
  const preference = named('setOwnPreference');
  if (!rules || !times || !preference || !named('ownMessages')) return null;
  return <Card rules={rules} times={times} preference={preference} />;
}

type CardProps = { readonly rules: BusinessObject; readonly times: CommandDefinition; readonly preference: CommandDefinition };

function Card({ rules, times, preference }: CardProps) {
  const { t } = useTexts();
  const client = useQueryClient();
  const query = ownMessagesQuery(rules);
  const { data, error } = useQuery(query);
  const onSaved = (now: OwnMessages): void => {
    client.setQueryData(query.queryKey, now);
    notifyDone(t('profile.saved'));
  };
  return (
    <section className="card section" aria-label={t('profile.messages')}>
      <Title order={2}>{t('profile.messages')}</Title>
      {error && <Failure error={error} />}
      {data && (
        <Stack gap="lg">
          <TimesForm rules={rules} command={times} own={data.times} onSaved={onSaved} />
          <OwnRules rules={rules} command={preference} own={data.rules} onSaved={onSaved} />
        </Stack>
      )}
    </section>
  );
}

type PartProps<Own> = {
  readonly rules: BusinessObject;
  readonly command: CommandDefinition;
  readonly own: Own;
  readonly onSaved: (now: OwnMessages) => void;
};

function TimesForm({ rules, command, own, onSaved }: PartProps<RecordValues>) {
  const { t } = useTexts();
  const uis = useFieldUis();
  const [typed, setTyped] = useState<RecordValues>({});
  const times = { ...own, ...typed };
  const save = useMutation({
    mutationFn: () => setOwnTimes(rules, times),
    onSuccess: (now) => {
      setTyped({});
      onSaved(now);
    },
  });
  const problems = problemsByPath(save.error);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <Stack gap="sm">
        {save.isError && Object.keys(problems).length === 0 && <Failure error={save.error} />}
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          {commandFields(command)
            .filter((field) => isAsked(field, times))
            .map((field) => {
              const { Input } = uis(field);
              return (
                <Input
                  key={field.name}
                  field={field.name.startsWith('digest') ? { ...field, required: true } : field}
                  value={times[apiName(field)]}
                  record={times}
                  error={problems[apiName(field)]}
                  onChange={(value) => setTyped((before) => ({ ...before, [apiName(field)]: value }))}
                />
              );
            })}
        </SimpleGrid>
        <Group justify="flex-end">
          <Button type="submit" loading={save.isPending} disabled={Object.keys(typed).length === 0}>
            {t('profile.saveTimes')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** When a letter leaves is asked of those who want one. */
function isAsked({ name }: CommandField, { rhythm }: RecordValues): boolean {
  if (name === 'digestAt') return rhythm === 'daily' || rhythm === 'weekly';
  return name !== 'digestDay' || rhythm === 'weekly';
}

function OwnRules({ rules, command, own, onSaved }: PartProps<readonly OwnRule[]>) {
  const { t, say } = useTexts();
  const save = useMutation({
    mutationFn: (input: { readonly ruleId: string; readonly channel: string; readonly wanted: boolean }) => setOwnPreference(rules, input),
    onSuccess: onSaved,
    onError: notifyFailure,
  });
  const options = command.input?.find(({ name }) => name === 'channel')?.options ?? [];
  const channels = options.filter(({ key }) => own.some((rule) => rule.channels.some(({ channel }) => channel === key)));
  if (own.length === 0)
    return (
      <Text size="sm" className="dim">
        {t('profile.noRules')}
      </Text>
    );
  return (
    <Table verticalSpacing="xs" aria-label={t('profile.toldBy')}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">{t('profile.toldBy')}</Table.Th>
          {channels.map(({ key, label }) => (
            <Table.Th key={key} scope="col" ta="center">
              {say(label)}
            </Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {own.map((rule) => (
          <Table.Tr key={rule.id}>
            <Table.Th scope="row" fw={400}>
              {rule.name}
              {rule.urgent && (
                <Text span size="xs" className="dim">
                  {` · ${t('profile.urgent')}`}
                </Text>
              )}
            </Table.Th>
            {channels.map(({ key, label }) => {
              const at = rule.channels.find(({ channel }) => channel === key);
              return (
                <Table.Td key={key}>
                  {at && (
                    <Group justify="center">
                      <Checkbox
                        aria-label={`${rule.name}: ${say(label)}`}
                        checked={at.wanted}
                        disabled={save.isPending}
                        onChange={(event) => save.mutate({ ruleId: rule.id, channel: key, wanted: event.currentTarget.checked })}
                      />
                    </Group>
                  )}
                </Table.Td>
              );
            })}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
