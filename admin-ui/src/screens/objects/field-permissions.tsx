import { NativeSelect, Table, Text, Title } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { FieldAccess } from '#platform/kernel/model.ts';
import { ask } from '#admin-ui/src/api/client.ts';
import { ownFields, useMetadataChanged, type BusinessObject, type Field, type Role } from '#admin-ui/src/api/metadata.ts';
import { useTexts } from '#admin-ui/src/i18n/index.ts';
import { notifyFailure } from '#admin-ui/src/ui/notify.tsx';
import { DataTable } from '#admin-ui/src/ui/data-table.tsx';

const LEVELS = ['none', 'read', 'edit'] as const;
type Level = (typeof LEVELS)[number];

type Props = { readonly object: BusinessObject; readonly roles: readonly Role[] };

/** Who sees and changes each field: fields down, roles across. A field without rights of its own follows the object. */
export function FieldPermissions({ object, roles }: Props) {
  const { t, say } = useTexts();
  const changed = useMetadataChanged();
  const save = useMutation({
    mutationFn: ({ field, access }: { field: Field; access: FieldAccess }) =>
      ask('/api/platform/changes', {
        method: 'POST',
        body: { changes: [{ kind: 'changeField', object: object.id, field: field.id, set: { access } }] },
      }),
    onSuccess: changed,
    onError: notifyFailure,
  });
  const fields = ownFields(object).filter((field) => field.state === 'active');
  return (
    <section className="card" aria-label={t('permissions.fields')}>
      <Title order={2} px="md" pt="md" m={0}>
        {t('permissions.fields')}
      </Title>
      <Text size="sm" className="dim" px="md">
        {t('permissions.fieldsText')}
      </Text>
      <DataTable label={t('permissions.fields')} minWidth={220 + roles.length * 134} isDense hasRowHeads>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('filter.field')}</Table.Th>
            {roles.map((role) => (
              <Table.Th key={role.name} miw={126}>
                {role.label}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {fields.map((field) => (
            <Table.Tr key={field.id}>
              <Table.Td>
                {say(field.label)} <span className="dim">{field.access === undefined ? t('permissions.asObject') : ''}</span>
              </Table.Td>
              {roles.map((role) => (
                <Table.Td key={role.name}>
                  <NativeSelect
                    size="xs"
                    aria-label={`${say(field.label)}, ${role.label}`}
                    disabled={save.isPending}
                    value={levelOf(object, field, role)}
                    data={LEVELS.map((level) => ({ value: level, label: t(`permissions.level.${level}`) }))}
                    onChange={(event) => {
                      const level = LEVELS.find((one) => one === event.currentTarget.value) ?? 'none';
                      save.mutate({ field, access: accessWith(object, field, { roles, role, level }) });
                    }}
                  />
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </DataTable>
    </section>
  );
}

function levelOf(object: BusinessObject, field: Field, role: Role): Level {
  const grant = object.access[role.name];
  const canRead = field.access ? field.access.read.includes(role.name) : grant?.read === true;
  const canEdit = field.access ? field.access.edit.includes(role.name) : grant?.edit === true;
  return canEdit ? 'edit' : canRead ? 'read' : 'none';
}

type Wanted = { readonly roles: readonly Role[]; readonly role: Role; readonly level: Level };

/** The rights of the field with one role's changed; what it followed the object in is written down with it. */
function accessWith(object: BusinessObject, field: Field, { roles, role, level }: Wanted): FieldAccess {
  const levels = roles.map((one) => ({ name: one.name, level: one.name === role.name ? level : levelOf(object, field, one) }));
  const named = (wanted: readonly Level[]): readonly string[] => levels.filter((one) => wanted.includes(one.level)).map((one) => one.name);
  return { read: named(['read', 'edit']), edit: named(['edit']) };
}
