import { ActionIcon, Badge, Button, Group, Menu, Table, Text, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconArchive, IconArrowBackUp, IconDots, IconPencil, IconPlus, IconSearch, IconTransform, IconTrash } from '@tabler/icons-react';
import { useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { CONDITION_SETTINGS } from '#platform/kernel/conditions/field-rules.ts';
import { useFieldTypes, type BusinessObject, type Field } from '#admin-ui/src/api/metadata.ts';
import { useFieldUis } from '#admin-ui/src/fields/field-ui.ts';
import { useTexts } from '#admin-ui/src/i18n/index.ts';
import { ChangeDialog, type Proposed } from './change-dialog.tsx';
import { EditField } from './edit-field.tsx';
import { FilledShare, UsedIn } from './field-usage.tsx';
import { RetypeField } from './retype-field.tsx';
import { RetypeProgress } from './retype-progress.tsx';
import { NewField } from './new-field.tsx';
import { useUsage, type Usage } from './use-usage.ts';
import { DataTable } from '#admin-ui/src/ui/data-table.tsx';

/** The fields of an object, and all that can be done with one. */
export function FieldsTab({ object }: { readonly object: BusinessObject }) {
  const { t, say } = useTexts();
  const [isOpen, { open, close }] = useDisclosure(false);
  const { field: asked } = useSearch({ from: '/app/working/settings/objects/$object' });
  const [edited, setEdited] = useState<Field | null>(() => object.fields.find((field) => field.name === asked) ?? null);
  const [proposed, setProposed] = useState<Proposed | null>(null);
  const [retyped, setRetyped] = useState<Field | null>(null);
  const [typed, setTyped] = useState('');
  const usage = useUsage(object);
  const wanted = typed.trim().toLowerCase();
  const fields = object.fields.filter((field) => `${say(field.label)} ${field.name} ${field.type}`.toLowerCase().includes(wanted));
  const own = fields.filter((field) => field.system !== true);
  const system = fields.filter((field) => field.system === true);
  return (
    <>
      <Group justify="space-between" mb="sm">
        <TextInput
          w={260}
          leftSection={<IconSearch size={16} aria-hidden />}
          aria-label={t('fields.search')}
          placeholder={t('fields.search')}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={open}>
          {t('list.newField')}
        </Button>
      </Group>
      <div className="card">
        <DataTable label={t('objects.tab.fields')} minWidth={980} isDense>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('field.label')}</Table.Th>
              <Table.Th>{t('field.name')}</Table.Th>
              <Table.Th>{t('field.type')}</Table.Th>
              <Table.Th>{t('field.rules')}</Table.Th>
              <Table.Th w={130}>{t('usage.filled')}</Table.Th>
              <Table.Th w={120}>{t('usage.used')}</Table.Th>
              <Table.Th w={50}>
                <span className="sr-only">{t('lines.actions')}</span>
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {[...own, ...system].map((field) => (
              <FieldRow
                key={field.id}
                object={object}
                field={field}
                usage={usage}
                onEdit={() => setEdited(field)}
                onRetype={() => setRetyped(field)}
                onPropose={setProposed}
              />
            ))}
          </Table.Tbody>
        </DataTable>
      </div>
      <NewField object={object} isOpen={isOpen} onClose={close} show={['detail', 'create']} />
      {edited && <EditField key={edited.id} object={object} field={edited} onClose={() => setEdited(null)} />}
      {retyped && <RetypeField key={retyped.id} object={object} field={retyped} onClose={() => setRetyped(null)} />}
      {proposed && <ChangeDialog proposed={proposed} onClose={() => setProposed(null)} />}
    </>
  );
}

type RowProps = {
  readonly object: BusinessObject;
  readonly field: Field;
  readonly onEdit: () => void;
  readonly onRetype: () => void;
  readonly onPropose: (proposed: Proposed) => void;
};

function FieldRow({ object, field, usage, ...actions }: RowProps & { readonly usage: Usage | undefined }) {
  const { t, say } = useTexts();
  const { icon: Shape } = useFieldUis()(field);
  const type = useFieldTypes().find((one) => one.name === field.type);
  const isRetired = field.state === 'retired';
  return (
    <Table.Tr {...(isRetired ? { className: 'dim' } : {})}>
      <Table.Td>
        <Group gap={8} wrap="nowrap">
          <Text size="sm" fw={600}>
            {say(field.label)}
          </Text>
          {field.custom === true && (
            <Badge variant="light" color="teal" size="sm" tt="none">
              {t('objects.custom')}
            </Badge>
          )}
          {field.state !== 'active' && (
            <Badge variant="light" color={isRetired ? 'red' : 'yellow'} size="sm" tt="none">
              {t(isRetired ? 'field.retired' : 'field.pending')}
            </Badge>
          )}
        </Group>
      </Table.Td>
      <Table.Td className="dim">{field.name}</Table.Td>
      <Table.Td>
        <Group gap={6} wrap="nowrap">
          <Shape size={16} stroke={1.7} aria-hidden />
          {type ? say(type.label) : field.type}
          {field.target !== undefined && field.type === 'lookup' && <span className="dim">→ {field.target}</span>}
          {field.optionList !== undefined && <span className="dim">→ {field.optionList}</span>}
        </Group>
        {field.retype && <RetypeProgress object={object} field={field} />}
      </Table.Td>
      <Table.Td>
        <Group gap={4}>
          {(['required', 'unique', 'indexed', 'searchable', 'personal', 'readOnly'] as const)
            .filter((rule) => field[rule] === true)
            .map((rule) => (
              <Badge key={rule} variant="outline" color="gray" size="sm" tt="none" c="inherit">
                {t(`field.${rule}`)}
              </Badge>
            ))}
          {CONDITION_SETTINGS.filter((setting) => field[setting] !== undefined).map((setting) => (
            <Badge key={setting} variant="outline" color="gray" size="sm" tt="none" c="inherit">
              {t(`condition.${setting}.short`)}
            </Badge>
          ))}
        </Group>
      </Table.Td>
      <Table.Td>
        <FilledShare usage={usage} field={field} />
      </Table.Td>
      <Table.Td>
        <UsedIn usage={usage} field={field} />
      </Table.Td>
      <Table.Td>{field.system !== true && <FieldMenu object={object} field={field} {...actions} />}</Table.Td>
    </Table.Tr>
  );
}

function FieldMenu({ object, field, onEdit, onRetype, onPropose }: RowProps) {
  const { t, say } = useTexts();
  const becomes = useFieldTypes().find((one) => one.name === field.type)?.becomes ?? [];
  const propose = (kind: 'retireField' | 'restoreField' | 'dropField'): void =>
    onPropose({
      title: t(`fields.${kind}`, { field: say(field.label) }),
      change: { kind, object: object.id, field: field.id },
      isDanger: kind === 'dropField',
    });
  return (
    <Menu position="bottom-end" width={220}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={t('fields.actions', { field: say(field.label) })}>
          <IconDots size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {field.state === 'retired' ? (
          <>
            <Menu.Item leftSection={<IconArrowBackUp size={16} aria-hidden />} onClick={() => propose('restoreField')}>
              {t('action.restore')}
            </Menu.Item>
            <Menu.Item color="red" leftSection={<IconTrash size={16} aria-hidden />} onClick={() => propose('dropField')}>
              {t('fields.drop')}
            </Menu.Item>
          </>
        ) : (
          <>
            <Menu.Item leftSection={<IconPencil size={16} aria-hidden />} onClick={onEdit}>
              {t('action.edit')}
            </Menu.Item>
            {field.custom === true && becomes.length > 0 && !field.retype && (
              <Menu.Item leftSection={<IconTransform size={16} aria-hidden />} onClick={onRetype}>
                {t('retype.open')}
              </Menu.Item>
            )}
            {field.custom === true && (
              <Menu.Item color="red" leftSection={<IconArchive size={16} aria-hidden />} onClick={() => propose('retireField')}>
                {t('fields.retire')}
              </Menu.Item>
            )}
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
