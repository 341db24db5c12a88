import { ActionIcon, Anchor, Group, Modal, Stack, Table, Text, TextInput } from '@mantine/core';
import { modals } from '@mantine/modals';
import { IconPencil, IconTrash } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { ask } from '#admin-ui/src/api/client.ts';
import { useKnownViews, useMetadataChanged, useRoles, type BusinessObject, type ViewDefinition } from '#admin-ui/src/api/metadata.ts';
import { LANGUAGES, useTexts } from '#admin-ui/src/i18n/index.ts';
import { FilterWords } from '#admin-ui/src/screens/list/filter-words.tsx';
import { groupings } from '#admin-ui/src/screens/list/groupings.ts';
import { useGroupingName } from '#admin-ui/src/screens/list/use-grouping-name.ts';
import { audienceOf, ME, ViewAudience, visibilityOf } from '#admin-ui/src/screens/list/view-audience.tsx';
import { DataTable } from '#admin-ui/src/ui/data-table.tsx';
import { DialogButtons } from '#admin-ui/src/ui/dialog-buttons.tsx';
import { Failure } from '#admin-ui/src/ui/failure.tsx';
import { notifyDone, notifyFailure } from '#admin-ui/src/ui/notify.tsx';

type Props = { readonly object: BusinessObject };

/** The views of an object: what they show, in words, and to whom. What is in them is changed in the list itself. */
export function ViewsTab({ object }: Props) {
  const { t, say } = useTexts();
  const views = useKnownViews(object.name) ?? [];
  const [edited, setEdited] = useState<ViewDefinition | null>(null);
  return (
    <section className="card" aria-label={t('objects.tab.views')}>
      <Text size="sm" c="dimmed" p="md" pb={0}>
        {t('views.text')}
      </Text>
      <DataTable label={t('objects.tab.views')} minWidth={860} isDense>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('view.title')}</Table.Th>
            <Table.Th>{t('views.as')}</Table.Th>
            <Table.Th>{t('views.records')}</Table.Th>
            <Table.Th>{t('views.order')}</Table.Th>
            <Table.Th>{t('views.who')}</Table.Th>
            <Table.Th w={90}>
              <span className="sr-only">{t('lines.actions')}</span>
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {views.length === 0 && (
            <Table.Tr>
              <Table.Td colSpan={6} className="dim">
                {t('views.none')}
              </Table.Td>
            </Table.Tr>
          )}
          {views.map((view) => (
            <ViewRow key={view.id} object={object} view={view} onEdit={() => setEdited(view)} />
          ))}
        </Table.Tbody>
      </DataTable>
      {edited && (
        <EditView
          key={edited.id}
          object={object}
          view={edited}
          title={t('views.change', { view: say(edited.label) })}
          onClose={() => setEdited(null)}
        />
      )}
    </section>
  );
}

type RowProps = Props & { readonly view: ViewDefinition; readonly onEdit: () => void };

function ViewRow({ object, view, onEdit }: RowProps) {
  const { t, say } = useTexts();
  const roles = useRoles();
  const changed = useMetadataChanged();
  const label = say(view.label);
  const remove = useMutation({
    mutationFn: () => ask(pathOf(object, view), { method: 'DELETE' }),
    onError: notifyFailure,
    onSuccess: async () => {
      await changed();
      notifyDone(t('view.removed', { view: label }));
    },
  });
  const audience = audienceOf(view);
  const isMine = audience === ME;
  const role = roles.find(({ name }) => name === audience)?.label;
  const askRemove = (): void => {
    modals.openConfirmModal({
      title: t('view.remove'),
      children: t(isMine ? 'view.removeMine' : 'view.removeShared', { view: label }),
      labels: { confirm: t('action.delete'), cancel: t('action.cancel') },
      confirmProps: { color: 'red' },
      closeButtonProps: { 'aria-label': t('action.close') },
      onConfirm: () => remove.mutate(),
    });
  };
  return (
    <Table.Tr>
      <Table.Td>
        <Anchor
          inherit
          fw={600}
          renderRoot={(props) => <Link {...props} to="/o/$object" params={{ object: object.name }} search={{ view: view.name }} />}
        >
          {label}
        </Anchor>
      </Table.Td>
      <Table.Td>
        <DrawnAs object={object} view={view} />
      </Table.Td>
      <Table.Td>{isEmpty(view.filter) ? t('view.all') : <FilterWords object={object} filter={view.filter} />}</Table.Td>
      <Table.Td>
        <Order object={object} sort={view.sort ?? ''} />
      </Table.Td>
      <Table.Td>{isMine ? t('views.mine') : (role ?? (view.visibility.kind === 'everyone' ? t('view.forEveryone') : audience))}</Table.Td>
      <Table.Td>
        <Group gap={2} wrap="nowrap" justify="flex-end">
          <ActionIcon variant="subtle" color="gray" aria-label={t('views.change', { view: label })} onClick={onEdit}>
            <IconPencil size={16} />
          </ActionIcon>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={`${t('view.remove')}: ${label}`}
            loading={remove.isPending}
            onClick={askRemove}
          >
            <IconTrash size={16} />
          </ActionIcon>
        </Group>
      </Table.Td>
    </Table.Tr>
  );
}

type ViewProps = Props & { readonly view: ViewDefinition };

function DrawnAs({ object, view: { display, group } }: ViewProps) {
  const { t, say } = useTexts();
  const nameOf = useGroupingName();
  const labelOf = (name: string): string => say(object.fields.find((field) => field.name === name)?.label) || name;
  if (display) return t(display.kind === 'board' ? 'views.board' : 'views.calendar', { field: labelOf(display.by) });
  const levels = groupings(object, group);
  return levels.length === 0 ? t('views.table') : t('views.groups', { field: levels.map(nameOf).join(', ') });
}

function Order({ object, sort }: Props & { readonly sort: string }) {
  const { t, say } = useTexts();
  const parts = sort.split(',').filter(Boolean);
  const worded = parts.map((part) => {
    const name = part.replace(/^-/, '').split('.')[0] ?? '';
    const label = say(object.fields.find((field) => field.name === name)?.label) || name;
    return `${label}, ${t(part.startsWith('-') ? 'objects.descending' : 'objects.ascending').toLowerCase()}`;
  });
  return worded.join('; ');
}

type EditProps = ViewProps & { readonly title: string; readonly onClose: () => void };

/** What it is called in each language, and whom it is for. */
function EditView({ object, view, title, onClose }: EditProps) {
  const { t } = useTexts();
  const changed = useMetadataChanged();
  const [en, setEn] = useState(view.label.en);
  const [de, setDe] = useState(view.label.de ?? '');
  const [audience, setAudience] = useState(audienceOf(view));
  const isMine = view.visibility.kind === 'user';
  const save = useMutation({
    mutationFn: () => {
      const label = { en: en.trim(), ...(de.trim() === '' ? {} : { de: de.trim() }) };
      return ask(pathOf(object, view), { method: 'PATCH', body: { label, ...(isMine ? {} : visibilityOf(audience)) } });
    },
    onSuccess: async () => {
      await changed();
      notifyDone(t('views.saved', { view: en }));
      onClose();
    },
  });
  return (
    <Modal opened onClose={onClose} title={title} closeButtonProps={{ 'aria-label': t('action.close') }}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate();
        }}
      >
        <Stack>
          {save.isError && <Failure error={save.error} />}
          <TextInput
            label={`${t('view.name')}, ${LANGUAGES.en}`}
            required
            data-autofocus
            maxLength={80}
            value={en}
            onChange={(event) => setEn(event.currentTarget.value)}
          />
          <TextInput
            label={`${t('view.name')}, ${LANGUAGES.de}`}
            maxLength={80}
            value={de}
            onChange={(event) => setDe(event.currentTarget.value)}
          />
          {!isMine && <ViewAudience value={audience} isShared onChange={setAudience} />}
          <DialogButtons onCancel={onClose} isPending={save.isPending} isDisabled={en.trim() === ''} />
        </Stack>
      </form>
    </Modal>
  );
}

function pathOf(object: BusinessObject, view: ViewDefinition): string {
  return `/api/platform/objects/${object.name}/views/${view.id}`;
}

function isEmpty(filter: ViewDefinition['filter']): boolean {
  return filter === undefined || filter === null || (typeof filter === 'object' && Object.keys(filter).length === 0);
}
