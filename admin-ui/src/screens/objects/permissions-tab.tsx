import { Checkbox, Stack, Table, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { Grant } from '#platform/kernel/model.ts';
import { ask } from '#admin-ui/src/api/client.ts';
import { useMetadataChanged, useRoles, type BusinessObject } from '#admin-ui/src/api/metadata.ts';
import { useTexts } from '#admin-ui/src/i18n/index.ts';
import { notifyFailure } from '#admin-ui/src/ui/notify.tsx';
import { FieldPermissions } from './field-permissions.tsx';
import { DataTable } from '#admin-ui/src/ui/data-table.tsx';

const RIGHTS = ['read', 'create', 'edit', 'delete', 'purge'] as const;

/** Who may do what: roles down, rights across. The administrator role has everything. */
export function PermissionsTab({ object }: { readonly object: BusinessObject }) {
  const { t, say } = useTexts();
  const roles = useRoles().filter((role) => role.name !== 'administrator');
  const changed = useMetadataChanged();
  const save = useMutation({
    mutationFn: ({ role, grant }: { role: string; grant: Grant }) =>
      ask('/api/platform/changes', { method: 'POST', body: { changes: [{ kind: 'setAccess', object: object.id, role, grant }] } }),
    onSuccess: changed,
    onError: notifyFailure,
  });
  return (
    <Stack>
      <div className="card">
        <Text size="sm" c="dimmed" p="md" pb={0}>
          {t(object.parent === undefined ? 'permissions.text' : 'permissions.ofParent')}
        </Text>
        <DataTable label={t('objects.tab.permissions')} minWidth={700}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('permissions.role')}</Table.Th>
              {RIGHTS.map((right) => (
                <Table.Th key={right} ta="center">
                  {t(`permissions.${right}`)}
                </Table.Th>
              ))}
              {object.commands.map((command) => (
                <Table.Th key={command.name} ta="center">
                  {say(command.label)}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {roles.map((role) => {
              const grant: Grant = object.access[role.name] ?? {};
              const has = (command: string) => grant.commands === true || (grant.commands ?? []).includes(command);
              const commands = object.commands.map((command) => command.name).filter(has);
              return (
                <Table.Tr key={role.name}>
                  <Table.Td fw={600}>{role.label}</Table.Td>
                  {RIGHTS.map((right) => (
                    <Table.Td key={right}>
                      <Tick
                        label={`${role.label}: ${t(`permissions.${right}`)}`}
                        isOn={grant[right] === true}
                        isBusy={save.isPending}
                        onChange={(isOn) => save.mutate({ role: role.name, grant: { ...grant, [right]: isOn } })}
                      />
                    </Table.Td>
                  ))}
                  {object.commands.map((command) => (
                    <Table.Td key={command.name}>
                      <Tick
                        label={`${role.label}: ${say(command.label)}`}
                        isOn={has(command.name)}
                        isBusy={save.isPending}
                        onChange={(isOn) => {
                          const next = isOn ? [...commands, command.name] : commands.filter((name) => name !== command.name);
                          save.mutate({ role: role.name, grant: { ...grant, commands: next } });
                        }}
                      />
                    </Table.Td>
                  ))}
                </Table.Tr>
              );
            })}
          </Table.Tbody>
        </DataTable>
      </div>
      <FieldPermissions object={object} roles={roles} />
    </Stack>
  );
}

type TickProps = { readonly label: string; readonly isOn: boolean; readonly isBusy: boolean; readonly onChange: (isOn: boolean) => void };

function Tick({ label, isOn, isBusy, onChange }: TickProps) {
  return (
    <Checkbox
      aria-label={label}
      checked={isOn}
      disabled={isBusy}
      onChange={(event) => onChange(event.currentTarget.checked)}
      styles={{ body: { justifyContent: 'center' } }}
    />
  );
}
