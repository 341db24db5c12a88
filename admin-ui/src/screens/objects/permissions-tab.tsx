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

/** Who may do what: rights down, roles across, as for the fields below. The administrator role has everything. */
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
  const rights: readonly Right[] = [
    ...RIGHTS.map((right) => ({
      label: t(`permissions.${right}`),
      isIn: (grant: Grant) => grant[right] === true,
      given: (grant: Grant, isOn: boolean) => ({ ...grant, [right]: isOn }),
    })),
    ...object.commands.map(({ name, label }) => ({
      label: say(label),
      isIn: (grant: Grant) => allows(grant, name),
      given: (grant: Grant, isOn: boolean) => {
        const others = object.commands.map((one) => one.name).filter((one) => one !== name && allows(grant, one));
        return { ...grant, commands: isOn ? [...others, name] : others };
      },
    })),
  ];
  return (
    <Stack>
      <div className="card">
        <Text size="sm" c="dimmed" p="md" pb={0}>
          {t(object.parent === undefined ? 'permissions.text' : 'permissions.ofParent')}
        </Text>
        <DataTable label={t('objects.tab.permissions')} minWidth={200 + roles.length * 110} isDense hasRowHeads>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('permissions.right')}</Table.Th>
              {roles.map((role) => (
                <Table.Th key={role.name} ta="center">
                  {role.label}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rights.map((right) => (
              <Table.Tr key={right.label}>
                <Table.Td fw={600}>{right.label}</Table.Td>
                {roles.map((role) => {
                  const grant: Grant = object.access[role.name] ?? {};
                  return (
                    <Table.Td key={role.name}>
                      <Tick
                        label={`${role.label}: ${right.label}`}
                        isOn={right.isIn(grant)}
                        isBusy={save.isPending}
                        onChange={(isOn) => save.mutate({ role: role.name, grant: right.given(grant, isOn) })}
                      />
                    </Table.Td>
                  );
                })}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </DataTable>
      </div>
      <FieldPermissions object={object} roles={roles} />
    </Stack>
  );
}

/** One thing that a role may be allowed: what it is called, whether a grant has it, and the grant with it or without. */
type Right = {
  readonly label: string;
  readonly isIn: (grant: Grant) => boolean;
  readonly given: (grant: Grant, isOn: boolean) => Grant;
};

function allows({ commands }: Grant, name: string): boolean {
  return commands === true || (commands ?? []).includes(name);
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
