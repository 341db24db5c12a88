import { Badge, Button, Code, Group, JsonInput, Modal, SegmentedControl, Stack, Table, Text, UnstyledButton } from '@mantine/core';
import { modals } from '@mantine/modals';
import { IconMailCheck, IconMailExclamation } from '@tabler/icons-react';
import { useMutation, useQueries, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ask, askFor } from '../api/client.ts';
import { readJson } from '../api/json-text.ts';
import { textOf } from '../fields/input-frame.ts';
import { formatAgo, formatDateTime } from '../i18n/format.ts';
import { useTexts } from '../i18n/index.ts';
import { Empty } from '../ui/empty.tsx';
import { Failure } from '../ui/failure.tsx';
import { notifyDone, notifyFailure } from '../ui/notify.tsx';
import { Page } from '../ui/page.tsx';
import { DataTable } from '#admin-ui/src/ui/data-table.tsx';

const STATES = ['open', 'replayed', 'discarded'] as const;

type Letter = {
  readonly module: string;
  readonly id: string;
  readonly consumer: string;
  readonly state: (typeof STATES)[number];
  readonly event: { readonly type?: string; readonly subject?: string } | null;
  readonly received: string;
  readonly reason: string;
  readonly attempts: number;
  readonly replays: number;
  readonly at: string;
};

/** Events that a service could not handle: read, put right, tried again, or laid aside. */
export function DeadLettersScreen() {
  const { t, language } = useTexts();
  const [state, setState] = useState<(typeof STATES)[number]>('open');
  const [opened, setOpened] = useState<Letter | null>(null);
  const { letters, failures, isPending } = useLetters(state);
  return (
    <Page
      title={t('settings.deadLetters')}
      icon={<IconMailExclamation size={24} stroke={1.7} aria-hidden />}
      actions={
        <SegmentedControl
          aria-label={t('letters.which')}
          value={state}
          onChange={(value) => setState(STATES.find((one) => one === value) ?? 'open')}
          data={STATES.map((value) => ({ value, label: t(`letters.${value}`) }))}
        />
      }
    >
      {failures.map((failure, index) => (
        <Failure key={index} error={failure} />
      ))}
      {letters.length === 0 && !isPending ? (
        <Empty icon={<IconMailCheck size={36} stroke={1.5} aria-hidden />} title={t('letters.none')} text={t('letters.noneText')} />
      ) : (
        <div className="card">
          <DataTable label={t('settings.deadLetters')} minWidth={760}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('letters.event')}</Table.Th>
                <Table.Th>{t('letters.consumer')}</Table.Th>
                <Table.Th>{t('letters.reason')}</Table.Th>
                <Table.Th ta="end">{t('letters.attempts')}</Table.Th>
                <Table.Th>{t('changes.when')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {letters.map((letter) => (
                <Table.Tr key={letter.id}>
                  <Table.Td>
                    <UnstyledButton className="cell-title" fz="sm" onClick={() => setOpened(letter)}>
                      {letter.event?.type ?? t('letters.noEvent')}
                    </UnstyledButton>
                  </Table.Td>
                  <Table.Td>
                    {letter.module} <span className="dim">{letter.consumer}</span>
                  </Table.Td>
                  <Table.Td>
                    <Text size="sm" lineClamp={2}>
                      {letter.reason}
                    </Text>
                  </Table.Td>
                  <Table.Td className="line-number">{letter.attempts}</Table.Td>
                  <Table.Td className="dim" title={formatDateTime(letter.at, language)}>
                    {formatAgo(letter.at, language)}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </DataTable>
        </div>
      )}
      {opened && <LetterDialog key={opened.id} letter={opened} onClose={() => setOpened(null)} />}
    </Page>
  );
}

/** The letters of all services, newest first. */
function useLetters(state: string): { letters: readonly Letter[]; failures: readonly Error[]; isPending: boolean } {
  const services = useQuery({
    queryKey: ['services'],
    queryFn: ({ signal }) => askFor<{ items: readonly { module: string }[] }>('/api/platform/services', { signal }),
  });
  const modules = (services.data?.items ?? []).map((service) => service.module);
  const answers = useQueries({
    queries: modules.map((module) => ({
      queryKey: ['dead-letters', module, state],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        askFor<{ items: readonly Omit<Letter, 'module'>[] }>(`/api/${module}/dead-letters?state=${state}&limit=200`, { signal }),
    })),
  });
  const letters = answers.flatMap((answer, index) =>
    (answer.data?.items ?? []).map((letter) => ({ ...letter, module: modules[index] ?? '' })),
  );
  return {
    letters: letters.toSorted((left, right) => right.at.localeCompare(left.at)),
    failures: [services.error, ...answers.map((answer) => answer.error)].flatMap((error) => error ?? []),
    isPending: services.isPending || answers.some((answer) => answer.isPending),
  };
}

function LetterDialog({ letter, onClose }: { readonly letter: Letter; readonly onClose: () => void }) {
  const { t } = useTexts();
  const client = useQueryClient();
  const before = JSON.stringify(letter.event, null, 2);
  const [text, setText] = useState(before);
  const path = `/api/${letter.module}/dead-letters/${letter.id}`;
  const act = useMutation({
    mutationFn: async (action: 'replay' | 'discard') => {
      if (action === 'replay' && text !== before) {
        const event = readJson(text);
        await ask(path, { method: 'PATCH', body: { event } });
      }
      await ask(`${path}/actions/${action}`, { method: 'POST', body: {} });
    },
    onSuccess: (_done, action) => {
      notifyDone(t(action === 'replay' ? 'letters.wasReplayed' : 'letters.wasDiscarded'));
      onClose();
    },
    onError: notifyFailure,
    onSettled: () => client.invalidateQueries({ queryKey: ['dead-letters'] }),
  });
  const isOpen = letter.state === 'open';
  return (
    <Modal
      opened
      onClose={onClose}
      size="xl"
      title={letter.event?.type ?? t('letters.noEvent')}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <Stack>
        <Group gap="xs">
          <Badge variant="light" tt="none" color={isOpen ? 'red' : 'gray'}>
            {t(`letters.${letter.state}`)}
          </Badge>
          <Text size="sm" className="dim">
            {letter.module} · {letter.consumer} · {textOf(letter.event?.subject)}
          </Text>
        </Group>
        <Code block className="code-block">
          {letter.reason}
        </Code>
        {letter.event === null ? (
          <Code block className="code-block">
            {letter.received}
          </Code>
        ) : (
          <JsonInput
            label={t('letters.event')}
            {...(isOpen ? { description: t('letters.fixHelp') } : {})}
            autosize
            minRows={6}
            maxRows={20}
            readOnly={!isOpen}
            validationError={t('field.notJson')}
            value={text}
            onChange={setText}
            className="code-input"
          />
        )}
        {isOpen && (
          <Group justify="flex-end">
            <Button
              variant="light"
              color="red"
              onClick={() =>
                modals.openConfirmModal({
                  title: t('letters.discard'),
                  children: <Text size="sm">{t('letters.discardText')}</Text>,
                  confirmProps: { color: 'red' },
                  onConfirm: () => act.mutate('discard'),
                })
              }
            >
              {t('letters.discard')}
            </Button>
            <Button loading={act.isPending} disabled={letter.event === null} onClick={() => act.mutate('replay')}>
              {t(text === before ? 'letters.replay' : 'letters.fixAndReplay')}
            </Button>
          </Group>
        )}
      </Stack>
    </Modal>
  );
}
