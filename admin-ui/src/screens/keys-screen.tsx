import { Badge, Button, Code, Modal, MultiSelect, Stack, Table, Text, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { modals } from '@mantine/modals';
import { IconKey, IconPlus } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ask, askFor } from '../api/client.ts';
import { useRoles } from '../api/metadata.ts';
import { problemsByPath } from '../api/problem.ts';
import { queryRecords, type RecordValues } from '../api/records.ts';
import { textOf } from '../fields/input-frame.ts';
import { formatAgo } from '../i18n/format.ts';
import { useTexts } from '../i18n/index.ts';
import { Failure } from '../ui/failure.tsx';
import { notifyFailure } from '../ui/notify.tsx';
import { DialogButtons } from '#admin-ui/src/ui/dialog-buttons.tsx';
import { Page } from '../ui/page.tsx';
import { DataTable } from '#admin-ui/src/ui/data-table.tsx';
import { ShownOnce } from '#admin-ui/src/ui/shown-once.tsx';

/** Keys of programs: shown once, revoked at once. */
export function KeysScreen() {
  const { t } = useTexts();
  const [isOpen, { open, close }] = useDisclosure(false);
  const client = useQueryClient();
  const keys = useQuery({
    queryKey: ['keys'],
    queryFn: ({ signal }) =>
      queryRecords(
        { module: 'platform', collection: 'api-keys' },
        { sort: '-createdAt', limit: 200, fields: 'id,name,prefix,roles,lastUsedAt,revokedAt' },
        signal,
      ),
  });
  const refresh = (): Promise<void> => client.invalidateQueries({ queryKey: ['keys'] });
  const items = keys.data?.items ?? [];
  return (
    <Page
      title={t('settings.keys')}
      icon={<IconKey size={24} stroke={1.7} aria-hidden />}
      actions={
        <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={open}>
          {t('keys.new')}
        </Button>
      }
    >
      {keys.isError && <Failure error={keys.error} />}
      <div className="card">
        {items.length === 0 ? (
          <Text p="lg" c="dimmed">
            {t('keys.none')}
          </Text>
        ) : (
          <DataTable label={t('settings.keys')} minWidth={700}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('keys.name')}</Table.Th>
                <Table.Th>{t('keys.prefix')}</Table.Th>
                <Table.Th>{t('users.roles')}</Table.Th>
                <Table.Th>{t('keys.used')}</Table.Th>
                <Table.Th>{t('users.state')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {items.map((key) => (
                <KeyRow key={textOf(key['id'])} apiKey={key} onChanged={refresh} />
              ))}
            </Table.Tbody>
          </DataTable>
        )}
      </div>
      <NewKey isOpen={isOpen} onClose={close} onMade={refresh} />
    </Page>
  );
}

function KeyRow({ apiKey, onChanged }: { readonly apiKey: RecordValues; readonly onChanged: () => Promise<void> }) {
  const { t, language } = useTexts();
  const revoke = useMutation({
    mutationFn: () => ask(`/api/platform/api-keys/${textOf(apiKey['id'])}/revoke`, { method: 'POST', body: {} }),
    onError: notifyFailure,
    onSettled: onChanged,
  });
  const roles = apiKey['roles'];
  const isRevoked = textOf(apiKey['revokedAt']) !== '';
  return (
    <Table.Tr>
      <Table.Td fw={600}>{textOf(apiKey['name'])}</Table.Td>
      <Table.Td>
        <Code>{textOf(apiKey['prefix'])}…</Code>
      </Table.Td>
      <Table.Td>{Array.isArray(roles) ? roles.join(', ') : ''}</Table.Td>
      <Table.Td className="dim">{textOf(apiKey['lastUsedAt']) === '' ? '–' : formatAgo(textOf(apiKey['lastUsedAt']), language)}</Table.Td>
      <Table.Td>
        {isRevoked ? (
          <Badge color="gray" variant="light" tt="none">
            {t('keys.revoked')}
          </Badge>
        ) : (
          <Button
            size="compact-sm"
            variant="subtle"
            color="red"
            loading={revoke.isPending}
            onClick={() =>
              modals.openConfirmModal({
                title: t('keys.revoke'),
                children: <Text size="sm">{t('keys.revokeText', { name: textOf(apiKey['name']) })}</Text>,
                confirmProps: { color: 'red' },
                onConfirm: () => revoke.mutate(),
              })
            }
          >
            {t('keys.revoke')}
          </Button>
        )}
      </Table.Td>
    </Table.Tr>
  );
}

type NewProps = { readonly isOpen: boolean; readonly onClose: () => void; readonly onMade: () => Promise<void> };

function NewKey({ isOpen, onClose, onMade }: NewProps) {
  const { t } = useTexts();
  const roles = useRoles();
  const [name, setName] = useState('');
  const [chosen, setChosen] = useState<string[]>([]);
  const save = useMutation({
    mutationFn: () => askFor<{ key: string }>('/api/platform/api-keys', { method: 'POST', body: { name, roles: chosen } }),
    onSuccess: onMade,
  });
  const problems = problemsByPath(save.error);
  const close = (): void => {
    save.reset();
    setName('');
    setChosen([]);
    onClose();
  };
  return (
    <Modal opened={isOpen} onClose={close} size="lg" title={t('keys.new')} closeButtonProps={{ 'aria-label': t('action.close') }}>
      {save.isSuccess ? (
        <ShownKey value={save.data.key} onClose={close} />
      ) : (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            save.mutate();
          }}
        >
          <Stack>
            {save.isError && <Failure error={save.error} />}
            <TextInput
              label={t('keys.name')}
              description={t('keys.nameHelp')}
              required
              data-autofocus
              value={name}
              error={problems['name']}
              onChange={(event) => setName(event.currentTarget.value)}
            />
            <MultiSelect
              label={t('users.roles')}
              required
              data={roles.map((role) => ({ value: role.name, label: role.label }))}
              value={chosen}
              error={problems['roles']}
              onChange={setChosen}
            />
            <DialogButtons onCancel={close} isPending={save.isPending} />
          </Stack>
        </form>
      )}
    </Modal>
  );
}

function ShownKey({ value, onClose }: { readonly value: string; readonly onClose: () => void }) {
  const { t } = useTexts();
  const call = `curl ${location.origin}/api/offers/offers -H "Authorization: Bearer ${value}"`;
  return (
    <ShownOnce warning={t('keys.once')} value={value} testId="api-key" onClose={onClose}>
      <Text size="sm">{t('keys.try')}</Text>
      <Code block className="code-block">
        {call}
      </Code>
    </ShownOnce>
  );
}
