import { Anchor, Badge, Button, Checkbox, Table, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPlus, IconSearch, IconTriangleSquareCircle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { askFor } from '#admin-ui/src/api/client.ts';
import { ownFields, useObjects, type BusinessObject } from '#admin-ui/src/api/metadata.ts';
import { useTexts } from '#admin-ui/src/i18n/index.ts';
import { ObjectIcon } from '#admin-ui/src/ui/icon.tsx';
import { useModuleName } from '#admin-ui/src/ui/module-name.ts';
import { Page } from '#admin-ui/src/ui/page.tsx';
import { NewObject } from './new-object.tsx';
import { DataTable } from '#admin-ui/src/ui/data-table.tsx';

/** The object manager: everything that has a table, a form and an API. */
export function ObjectsScreen() {
  const { t, say } = useTexts();
  const navigate = useNavigate();
  const [typed, setTyped] = useState('');
  const [isOpen, { open, close }] = useDisclosure(false);
  const wanted = typed.trim().toLowerCase();
  const moduleName = useModuleName();
  const [hasRetired, setHasRetired] = useState(false);
  const shown = useManagedObjects(hasRetired)
    .filter((object) =>
      `${say(object.label)} ${say(object.pluralLabel)} ${object.name} ${object.module} ${moduleName(object.module)}`
        .toLowerCase()
        .includes(wanted),
    )
    .toSorted(
      (left, right) => moduleName(left.module).localeCompare(moduleName(right.module)) || say(left.label).localeCompare(say(right.label)),
    );
  return (
    <Page
      title={t('settings.objects')}
      icon={<IconTriangleSquareCircle size={24} stroke={1.7} aria-hidden />}
      actions={
        <>
          <TextInput
            leftSection={<IconSearch size={16} aria-hidden />}
            aria-label={t('objects.search')}
            placeholder={t('objects.search')}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
          <Checkbox
            label={t('objects.showRetired')}
            checked={hasRetired}
            onChange={(event) => setHasRetired(event.currentTarget.checked)}
          />
          <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={open}>
            {t('objects.new')}
          </Button>
        </>
      }
    >
      <div className="card">
        <DataTable label={t('settings.objects')} minWidth={700}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('objects.object')}</Table.Th>
              <Table.Th>{t('objects.module')}</Table.Th>
              <Table.Th>{t('field.name')}</Table.Th>
              <Table.Th ta="end">{t('objects.fields')}</Table.Th>
              <Table.Th>{t('objects.kind')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {shown.map((object) => (
              <Table.Tr key={object.id}>
                <Table.Td>
                  <Anchor
                    className="brand"
                    fz="sm"
                    fw={600}
                    renderRoot={(props) => <Link {...props} to="/settings/objects/$object" params={{ object: object.name }} search={{}} />}
                  >
                    <ObjectIcon name={object.icon} />
                    {say(object.label)}
                  </Anchor>
                </Table.Td>
                <Table.Td>{moduleName(object.module)}</Table.Td>
                <Table.Td className="dim">{object.name}</Table.Td>
                <Table.Td className="line-number">{ownFields(object).length}</Table.Td>
                <Table.Td>
                  <Badge variant="light" tt="none" color={object.custom === true ? 'teal' : 'gray'}>
                    {t(object.custom === true ? 'objects.custom' : 'objects.standard')}
                  </Badge>
                  {object.state === 'retired' && (
                    <Badge variant="light" color="red" ml={6} tt="none">
                      {t('field.retired')}
                    </Badge>
                  )}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </DataTable>
      </div>
      <NewObject
        isOpen={isOpen}
        onClose={close}
        onMade={(name) => void navigate({ to: '/settings/objects/$object', params: { object: name }, search: {} })}
      />
    </Page>
  );
}

/** The objects in use, and those that were retired when they are wanted too. */
function useManagedObjects(hasRetired: boolean): readonly BusinessObject[] {
  const inUse = useObjects();
  const { data } = useQuery({
    queryKey: ['managed', 'all'],
    queryFn: ({ signal }) => askFor<{ items: readonly BusinessObject[] }>('/api/platform/objects?retired=true', { signal }),
    enabled: hasRetired,
  });
  return hasRetired && data ? data.items : inUse;
}
