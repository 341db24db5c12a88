import { Badge, Button, Group, Modal, MultiSelect, PasswordInput, Select, Stack, Table, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPlus, IconUsers } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ask } from '../api/client.ts';
import { useRoles } from '../api/metadata.ts';
import { problemsByPath } from '../api/problem.ts';
import { changeRecord, queryRecords, type RecordValues } from '../api/records.ts';
import { textOf } from '../fields/input-frame.ts';
import { formatAgo } from '../i18n/format.ts';
import { LANGUAGES, useTexts } from '../i18n/index.ts';
import { Failure } from '../ui/failure.tsx';
import { notifyDone, notifyFailure } from '../ui/notify.ts';
import { Page } from '../ui/page.tsx';

const USERS = { module: 'platform', collection: 'users' };

/** The people who may sign in, and their roles. */
export function UsersScreen() {
  const { t, language } = useTexts();
  const [isOpen, { open, close }] = useDisclosure(false);
  const client = useQueryClient();
  const users = useQuery({
    queryKey: ['users'],
    queryFn: ({ signal }) =>
      queryRecords(USERS, { fields: 'id,name,email,roles,active,lastSeenAt,version', sort: 'name', limit: 500 }, signal),
  });
  const refresh = (): Promise<void> => client.invalidateQueries({ queryKey: ['users'] });
  return (
    <Page
      title={t('settings.users')}
      icon={<IconUsers size={24} stroke={1.7} aria-hidden />}
      actions={
        <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={open}>
          {t('users.new')}
        </Button>
      }
    >
      {users.isError && <Failure error={users.error} />}
      <div className="card">
        <Table.ScrollContainer minWidth={760} scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}>
          <Table aria-label={t('settings.users')} horizontalSpacing="md" verticalSpacing="xs">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('users.name')}</Table.Th>
                <Table.Th>{t('login.email')}</Table.Th>
                <Table.Th>{t('users.roles')}</Table.Th>
                <Table.Th>{t('users.state')}</Table.Th>
                <Table.Th>{t('users.seen')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {(users.data?.items ?? []).map((user) => (
                <Table.Tr key={textOf(user['id'])}>
                  <Table.Td fw={600}>{textOf(user['name'])}</Table.Td>
                  <Table.Td>{textOf(user['email'])}</Table.Td>
                  <Table.Td>
                    <UserRoles user={user} onChanged={refresh} />
                  </Table.Td>
                  <Table.Td>
                    <Badge variant="light" tt="none" color={user['active'] === true ? 'green' : 'gray'}>
                      {t(user['active'] === true ? 'users.active' : 'users.inactive')}
                    </Badge>
                  </Table.Td>
                  <Table.Td className="dim">
                    {textOf(user['lastSeenAt']) === '' ? '–' : formatAgo(textOf(user['lastSeenAt']), language)}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      </div>
      <NewUser isOpen={isOpen} onClose={close} onMade={refresh} />
    </Page>
  );
}

function rolesOf(user: RecordValues): string[] {
  const roles = user['roles'];
  return Array.isArray(roles) ? roles.map(String) : [];
}

function UserRoles({ user, onChanged }: { readonly user: RecordValues; readonly onChanged: () => Promise<void> }) {
  const { t } = useTexts();
  const roles = useRoles();
  const save = useMutation({
    mutationFn: (chosen: readonly string[]) =>
      changeRecord(USERS, textOf(user['id']), { values: { roles: chosen }, etag: `"${textOf(user['version'])}"` }),
    onError: notifyFailure,
    onSettled: onChanged,
  });
  return (
    <MultiSelect
      variant="unstyled"
      aria-label={`${textOf(user['name'])}: ${t('users.roles')}`}
      data={roles.map((role) => ({ value: role.name, label: role.label }))}
      value={save.isPending ? [...save.variables] : rolesOf(user)}
      disabled={save.isPending}
      onChange={(chosen) => save.mutate(chosen)}
    />
  );
}

const EMPTY = { name: '', email: '', password: '', language: 'en', roles: ['sales'] };

type NewProps = { readonly isOpen: boolean; readonly onClose: () => void; readonly onMade: () => Promise<void> };

function NewUser({ isOpen, onClose, onMade }: NewProps) {
  const { t } = useTexts();
  const roles = useRoles();
  const [values, setValues] = useState(EMPTY);
  const save = useMutation({
    mutationFn: () => ask('/api/platform/users', { method: 'POST', body: values }),
    onSuccess: async () => {
      await onMade();
      notifyDone(t('users.made', { name: values.name }));
      setValues(EMPTY);
      onClose();
    },
  });
  const problems = problemsByPath(save.error);
  const text = (name: 'name' | 'email' | 'password') => ({
    required: true,
    value: values[name],
    error: problems[name],
    onChange: (event: { readonly currentTarget: { readonly value: string } }) => {
      const { value } = event.currentTarget;
      setValues((before) => ({ ...before, [name]: value }));
    },
  });
  return (
    <Modal opened={isOpen} onClose={onClose} title={t('users.new')} closeButtonProps={{ 'aria-label': t('action.close') }}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate();
        }}
      >
        <Stack>
          {save.isError && <Failure error={save.error} />}
          <TextInput {...text('name')} label={t('users.name')} data-autofocus />
          <TextInput {...text('email')} label={t('login.email')} type="email" autoComplete="off" />
          <PasswordInput
            {...text('password')}
            label={t('login.password')}
            description={t('setUp.passwordHelp')}
            autoComplete="new-password"
            visibilityToggleButtonProps={{ 'aria-label': t('login.showPassword') }}
          />
          <MultiSelect
            label={t('users.roles')}
            data={roles.map((role) => ({ value: role.name, label: role.label }))}
            value={values.roles}
            error={problems['roles']}
            onChange={(chosen) => setValues({ ...values, roles: chosen })}
          />
          <Select
            label={t('frame.language')}
            allowDeselect={false}
            data={Object.entries(LANGUAGES).map(([value, label]) => ({ value, label }))}
            value={values.language}
            onChange={(language) => setValues({ ...values, language: language ?? 'en' })}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('action.cancel')}
            </Button>
            <Button type="submit" loading={save.isPending}>
              {t('action.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
