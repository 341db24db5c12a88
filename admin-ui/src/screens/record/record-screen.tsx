import { ActionIcon, Alert, Anchor, Breadcrumbs, Button, Menu, Text, Title } from '@mantine/core';
import { useDocumentTitle, useHotkeys } from '@mantine/hooks';
import { modals } from '@mantine/modals';
import { IconDeviceFloppy, IconDots, IconLayout, IconTrash } from '@tabler/icons-react';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useMe, useObject, type BusinessObject } from '#admin-ui/src/api/metadata.ts';
import { removeRecord, restoreRecord, type Loaded } from '#admin-ui/src/api/records.ts';
import { textOf } from '#admin-ui/src/fields/input-frame.ts';
import { useTexts } from '#admin-ui/src/i18n/index.ts';
import { Commands } from '#admin-ui/src/layout/commands.tsx';
import { useRecordForm } from '#admin-ui/src/layout/record-form.ts';
import { Sections } from '#admin-ui/src/layout/sections.tsx';
import { StatusPath } from '#admin-ui/src/layout/status-path.tsx';
import { Timeline } from '#admin-ui/src/layout/timeline.tsx';
import { Failure } from '#admin-ui/src/ui/failure.tsx';
import { ObjectIcon } from '#admin-ui/src/ui/icon.tsx';
import { notifyDone, notifyFailure } from '#admin-ui/src/ui/notify.ts';
import { ConflictDialog } from './conflict-dialog.tsx';
import { useRecord } from './use-record.ts';
import { useSave } from './use-save.ts';

/** One record: its page drawn by the layout, what can be done with it, what happened to it. */
export function RecordScreen() {
  const { object: name, id } = useParams({ from: '/app/o/$object/$id' });
  const { t } = useTexts();
  const object = useObject(name);
  if (!object) return <Failure error={new Error(t('failure.noObject', { name }))} />;
  return <KnownRecord key={`${object.name} ${id}`} object={object} id={id} />;
}

function KnownRecord({ object, id }: { readonly object: BusinessObject; readonly id: string }) {
  const query = useRecord(object, id);
  if (query.isError) return <Failure error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return null;
  return <LoadedRecord object={object} id={id} loaded={query.data} reload={query.reload} />;
}

type Props = { readonly object: BusinessObject; readonly id: string; readonly loaded: Loaded; readonly reload: () => Promise<Loaded> };

function LoadedRecord({ object, id, loaded, reload }: Props) {
  const { t, say } = useTexts();
  const { record } = loaded;
  const form = useRecordForm(object, record, `${object.name}.${id}`);
  const saving = useSave({ object, id, loaded, form, reload });
  const status = object.fields.find((field) => field.type === 'status');
  const isOpenState = object.editableIn === undefined || (status !== undefined && object.editableIn.includes(textOf(record[status.name])));
  const canEdit = object.permissions.edit && isOpenState;
  const title = textOf(record[object.titleField]) || t('record.untitled', { object: say(object.label) });
  useDocumentTitle(`${title} · Tessera`);
  useHotkeys([['mod+S', () => (form.isDirty ? saving.save() : undefined)]], []);
  const layout = object.layouts.find((one) => one.name === 'detail');
  return (
    <>
      <div className="sticky-head">
        <Breadcrumbs separator="›" fz="sm" mb={4}>
          <Anchor inherit renderRoot={(props) => <Link {...props} to="/o/$object" params={{ object: object.name }} />}>
            {say(object.pluralLabel)}
          </Anchor>
          <span className="dim">{title}</span>
        </Breadcrumbs>
        <div className="page-head record-head">
          <ObjectIcon name={object.icon} size={24} />
          <Title order={1}>{title}</Title>
          <span className="grow" />
          {form.isDirty && (
            <>
              <Button variant="default" onClick={form.reset}>
                {t('record.discard')}
              </Button>
              <Button
                loading={saving.isSaving}
                title="Ctrl S"
                leftSection={<IconDeviceFloppy size={16} aria-hidden />}
                onClick={saving.save}
              >
                {t('action.save')}
              </Button>
            </>
          )}
          <Commands object={object} record={record} isDirty={form.isDirty} onDone={() => void reload()} />
          <More object={object} id={id} />
        </div>
      </div>
      <StatusPath object={object} record={record} />
      {form.isRestored && form.isDirty && (
        <Alert color="yellow" mb="md" title={t('record.restored')}>
          <Anchor component="button" type="button" size="sm" onClick={form.reset}>
            {t('record.discard')}
          </Anchor>
        </Alert>
      )}
      {saving.failure !== null && <Failure error={saving.failure} />}
      {object.permissions.edit && !isOpenState && (
        <Text size="sm" c="dimmed" mb="sm">
          {t('record.closed', { status: say(status?.options?.find((option) => option.key === record[status.name])?.label) })}
        </Text>
      )}
      <div className="record-body">
        <div>{layout && <Sections layout={layout} form={form} canEdit={canEdit} id={id} />}</div>
        {object.features.history !== false && <Timeline object={object} id={id} version={record['version']} />}
      </div>
      {saving.conflict && <ConflictDialog object={object} conflict={saving.conflict} onChoose={saving.resolve} onClose={saving.giveUp} />}
    </>
  );
}

function More({ object, id }: { readonly object: BusinessObject; readonly id: string }) {
  const { t, say } = useTexts();
  const { administrator } = useMe();
  const navigate = useNavigate();
  const remove = async (): Promise<void> => {
    try {
      await removeRecord(object, id);
    } catch (error) {
      notifyFailure(error);
      return;
    }
    await navigate({ to: '/o/$object', params: { object: object.name } });
    modals.openConfirmModal({
      title: t('record.removed', { object: say(object.label) }),
      children: <Text size="sm">{t('record.removedText')}</Text>,
      labels: { confirm: t('action.undo'), cancel: t('action.close') },
      onConfirm: () => {
        restoreRecord(object, id).then(async () => {
          notifyDone(t('list.restored', { count: 1 }));
          await navigate({ to: '/o/$object/$id', params: { object: object.name, id } });
        }, notifyFailure);
      },
    });
  };
  if (!object.permissions.delete && !administrator) return null;
  return (
    <Menu position="bottom-end" width={220}>
      <Menu.Target>
        <ActionIcon variant="default" size={34} aria-label={t('record.more')}>
          <IconDots size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {administrator && (
          <Menu.Item
            leftSection={<IconLayout size={16} aria-hidden />}
            renderRoot={(props) => (
              <Link {...props} to="/settings/objects/$object" params={{ object: object.name }} search={{ tab: 'layouts' }} />
            )}
          >
            {t('record.editLayout')}
          </Menu.Item>
        )}
        {object.permissions.delete && (
          <Menu.Item color="red" leftSection={<IconTrash size={16} aria-hidden />} onClick={() => void remove()}>
            {t('action.delete')}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
