import { ActionIcon, Avatar, Badge, Button, Group, Menu, MultiSelect, Table, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconDots, IconKey, IconPlus, IconUser, IconUserCheck, IconUserOff, IconUsers } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useMe, useRoles } from '#admin-ui/src/api/metadata.ts';
import { changeRecord, type RecordValues } from '#admin-ui/src/api/records.ts';
import { formatAgo } from '#admin-ui/src/i18n/format.ts';
import { useTexts } from '#admin-ui/src/i18n/index.ts';
import { Failure } from '#admin-ui/src/ui/failure.tsx';
import { notifyDone, notifyFailure } from '#admin-ui/src/ui/notify.tsx';
import { Page } from '#admin-ui/src/ui/page.tsx';
import { NewPassword } from './new-password.tsx';
import { NewUser } from './new-user.tsx';
import { USERS, useTeams, useUsers, type User } from './use-users.ts';
import { DataTable } from '#admin-ui/src/ui/data-table.tsx';

/** The people who may sign in: their roles, their teams, their passwords. */
export function UsersScreen() {
  const { t } = useTexts();
  const [isOpen, { open, close }] = useDisclosure(false);
  const [renewed, setRenewed] = useState<User | null>(null);
  const { users, error, refresh } = useUsers();
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
      {error !== null && <Failure error={error} />}
      <div className="card">
        <DataTable label={t('settings.users')} minWidth={860}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('users.name')}</Table.Th>
              <Table.Th>{t('users.roles')}</Table.Th>
              <Table.Th>{t('users.teams')}</Table.Th>
              <Table.Th>{t('users.state')}</Table.Th>
              <Table.Th>{t('users.seen')}</Table.Th>
              <Table.Th w={50}>
                <span className="sr-only">{t('lines.actions')}</span>
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {users.map((user) => (
              <UserRow key={user.id} user={user} onChanged={refresh} onNewPassword={() => setRenewed(user)} />
            ))}
          </Table.Tbody>
        </DataTable>
      </div>
      <NewUser isOpen={isOpen} onClose={close} onMade={refresh} />
      {renewed && <NewPassword user={renewed} onClose={() => setRenewed(null)} />}
    </Page>
  );
}

type RowProps = { readonly user: User; readonly onChanged: () => Promise<void>; readonly onNewPassword: () => void };

function UserRow({ user, onChanged, onNewPassword }: RowProps) {
  const { t, language } = useTexts();
  const roles = useRoles().map((role) => ({ value: role.name, label: role.label }));
  const teams = useTeams();
  const save = useMutation({
    mutationFn: (values: RecordValues) => changeRecord(USERS, user.id, { values, etag: `"${user.version}"` }),
    onSuccess: () => notifyDone(t('users.saved', { name: user.name })),
    onError: notifyFailure,
    onSettled: onChanged,
  });
  return (
    <Table.Tr>
      <Table.Td>
        <Group gap={10} wrap="nowrap">
          <Avatar name={user.name} color="initials" size={30} radius="xl" />
          <div>
            <Text size="sm" fw={600}>
              {user.name}
            </Text>
            <Text size="xs" className="dim">
              {user.email}
            </Text>
          </div>
        </Group>
      </Table.Td>
      <Table.Td>
        <MultiSelect
          variant="unstyled"
          aria-label={`${user.name}: ${t('users.roles')}`}
          data={roles}
          value={[...user.roles]}
          disabled={save.isPending}
          onChange={(chosen) => save.mutate({ roles: chosen })}
        />
      </Table.Td>
      <Table.Td>
        <MultiSelect
          variant="unstyled"
          aria-label={`${user.name}: ${t('users.teams')}`}
          data={teams}
          value={[...user.teams]}
          disabled={save.isPending}
          onChange={(chosen) => save.mutate({ teams: chosen })}
        />
      </Table.Td>
      <Table.Td>
        <Badge variant="light" tt="none" color={user.isActive ? 'green' : 'gray'}>
          {t(user.isActive ? 'users.active' : 'users.inactive')}
        </Badge>
      </Table.Td>
      <Table.Td className="dim">{user.lastSeenAt === '' ? '–' : formatAgo(user.lastSeenAt, language)}</Table.Td>
      <Table.Td>
        <UserMenu user={user} onActive={(active) => save.mutate({ active })} onNewPassword={onNewPassword} />
      </Table.Td>
    </Table.Tr>
  );
}

type MenuProps = { readonly user: User; readonly onActive: (active: boolean) => void; readonly onNewPassword: () => void };

function UserMenu({ user, onActive, onNewPassword }: MenuProps) {
  const { t } = useTexts();
  const me = useMe();
  return (
    <Menu position="bottom-end" width={230}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={t('fields.actions', { field: user.name })}>
          <IconDots size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={<IconUser size={16} aria-hidden />}
          renderRoot={(props) => <Link {...props} to="/o/$object/$id" params={{ object: 'user', id: user.id }} />}
        >
          {t('users.open')}
        </Menu.Item>
        <Menu.Item leftSection={<IconKey size={16} aria-hidden />} onClick={onNewPassword}>
          {t('users.newPassword')}
        </Menu.Item>
        {user.id !== me.user.id && (
          <Menu.Item
            {...(user.isActive ? { color: 'red' } : {})}
            leftSection={user.isActive ? <IconUserOff size={16} aria-hidden /> : <IconUserCheck size={16} aria-hidden />}
            onClick={() => onActive(!user.isActive)}
          >
            {t(user.isActive ? 'users.deactivate' : 'users.activate')}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
