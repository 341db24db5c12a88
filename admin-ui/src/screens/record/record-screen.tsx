import { Alert, Skeleton, Text } from '@mantine/core';
import { useDocumentTitle, useHotkeys } from '@mantine/hooks';
import { Navigate, useParams } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useMe, useObject, type BusinessObject } from '#admin-ui/src/api/metadata.ts';
import { Problem } from '#admin-ui/src/api/problem.ts';
import type { Loaded, RecordValues } from '#admin-ui/src/api/records.ts';
import { recordTitle, titleFields } from '#admin-ui/src/api/titles.ts';
import { textOf } from '#admin-ui/src/fields/input-frame.ts';
import { useTexts } from '#admin-ui/src/i18n/index.ts';
import { DraftNotice } from '#admin-ui/src/layout/draft-notice.tsx';
import { FileDrop } from '#admin-ui/src/layout/life/file-drop.tsx';
import { hasTimeline, Timeline } from '#admin-ui/src/layout/life/timeline.tsx';
import { useAttachments } from '#admin-ui/src/layout/life/use-attachments.ts';
import { PublicLinks } from '#admin-ui/src/layout/public-links.tsx';
import { useRecordForm } from '#admin-ui/src/layout/record-form.ts';
import { RecordBody } from '#admin-ui/src/layout/sections.tsx';
import { StatusPath } from '#admin-ui/src/layout/status-path.tsx';
import { hasUnseenErrors } from '#admin-ui/src/layout/unseen.ts';
import { useCommands } from '#admin-ui/src/layout/use-commands.tsx';
import { LikelySameNotice } from '#admin-ui/src/layout/merge/likely-same.tsx';
import { useLikelySame } from '#admin-ui/src/layout/merge/use-likely-same.ts';
import { mayEdit } from '#admin-ui/src/layout/may-edit.ts';
import { useLayout } from '#admin-ui/src/layout/use-layout.ts';
import { Failure } from '#admin-ui/src/ui/failure.tsx';
import { NotThere } from '#admin-ui/src/ui/not-there.tsx';
import { rememberRecord } from '#admin-ui/src/ui/recent.ts';
import { ConflictDialog } from './conflict-dialog.tsx';
import { DeletedRecord } from './deleted-record.tsx';
import { RecordHead } from './record-head.tsx';
import { useNewerRecord } from './use-newer-record.ts';
import { useRecord } from './use-record.ts';
import { useSave } from './use-save.ts';

/** One record: its page drawn by the layout, what can be done with it, what happened to it. */
export function RecordScreen() {
  const { object: name, id } = useParams({ from: '/app/working/o/$object/$id' });
  const { t } = useTexts();
  const object = useObject(name);
  if (!object) return <NotThere title={t('notThere.page')} text={t('failure.noObject', { name })} />;
  return <KnownRecord key={`${object.name} ${id}`} object={object} id={id} />;
}

function KnownRecord({ object, id }: { readonly object: BusinessObject; readonly id: string }) {
  const { t, say } = useTexts();
  const query = useRecord(object, id);
  if (query.isError) {
    const retry = (): void => void query.refetch();
    const isGone = query.error instanceof Problem && query.error.status === 404;
    if (!isGone) return <Failure error={query.error} onRetry={retry} />;
    const title = t('notThere.recordTitle', { object: say(object.label) });
    const nowhere = <NotThere title={title} text={t('notThere.recordText')} {...(object.parent === undefined ? { list: object } : {})} />;
    return <DeletedRecord object={object} id={id} onRestored={retry} otherwise={nowhere} />;
  }
  if (!query.data) return <RecordSkeleton />;
  // It was merged into another one, which answers for it.
  const answering = textOf(query.data.record['id']);
  if (answering !== '' && answering !== id) return <Navigate to="/o/$object/$id" params={{ object: object.name, id: answering }} replace />;
  return <LoadedRecord object={object} id={id} loaded={query.data} reload={query.reload} />;
}

type Props = { readonly object: BusinessObject; readonly id: string; readonly loaded: Loaded; readonly reload: () => Promise<Loaded> };

function LoadedRecord({ object, id, loaded, reload }: Props) {
  const { t, say } = useTexts();
  const { record } = loaded;
  const form = useRecordForm(object, record, `${object.name}.${id}`);
  const saving = useSave({ object, id, loaded, form, reload });
  const status = object.fields.find((field) => field.type === 'status');
  const canEdit = mayEdit(object, record);
  const title = recordTitle(object, record) || say(object.label);
  const commands = useCommands({ object, record, isDirty: form.isDirty, onDone: () => void reload() });
  const isBehind = useNewerRecord({ object, id, version: Number(record['version']), isDirty: form.isDirty, reload });
  const files = useAttachments(object, id);
  const takesFiles = object.features.attachments !== false && object.parent === undefined && files.mayChange;
  const { user } = useMe();
  useEffect(() => rememberRecord(user.id ?? '', { object: object.name, id, title }), [user.id, object.name, id, title]);
  useDocumentTitle(`${title} · Tessera`);
  useHotkeys([['mod+S', () => (form.isDirty ? saving.save() : undefined)]], []);
  const layout = useLayout(object, 'detail', record);
  const same = useLikelySame(object, { id, version: record['version'] });
  const { failure } = saving;
  const history = hasTimeline(object) ? <Timeline object={object} record={record} files={files} /> : undefined;
  return (
    <>
      <RecordHead
        object={object}
        id={id}
        title={title}
        record={record}
        subtitle={subtitleOf(object, record) || (record[object.titleField] === null ? t('record.noNumber') : '')}
        isDirty={form.isDirty}
        isSaving={saving.isSaving}
        commands={commands}
        form={form}
        onSave={saving.save}
        onDiscard={form.reset}
      />
      <StatusPath object={object} record={record} commands={commands} form={form} canEdit={canEdit} />
      <PublicLinks object={object} record={record} />
      <DraftNotice form={form} />
      <LikelySameNotice object={object} found={same} onMerge={commands.merge} />
      {isBehind && form.isDirty && (
        <Alert color="yellow" mb="md" role="status">
          {t('record.changedMeanwhile')}
        </Alert>
      )}
      {failure && (!failure.isAtField || hasUnseenErrors(form, layout)) && <Failure error={failure.error} />}
      {object.permissions.edit && !canEdit && (
        <Text size="sm" c="dimmed" mb="sm">
          {t('record.closed', { status: say(status?.options?.find((option) => option.key === record[status?.name ?? ''])?.label) })}
        </Text>
      )}
      <FileDrop onFiles={takesFiles ? files.add : null}>
        {layout && <RecordBody layout={layout} form={form} canEdit={canEdit} id={id} history={history} />}
      </FileDrop>
      {saving.conflict && <ConflictDialog object={object} conflict={saving.conflict} onChoose={saving.resolve} onClose={saving.giveUp} />}
    </>
  );
}

/** What stands beside the title: the text that would have stood in for a number. */
function subtitleOf(object: BusinessObject, record: RecordValues): string {
  const [title, spare] = titleFields(object);
  return title && spare && textOf(record[title.name]) !== '' ? textOf(record[spare.name]) : '';
}

/** The page's shape while it is on its way, so that nothing jumps. */
function RecordSkeleton() {
  const { t } = useTexts();
  return (
    <div aria-busy aria-label={t('loading')} role="status">
      <Skeleton height={28} width={260} mb="lg" />
      <Skeleton height={34} mb="md" />
      <Skeleton height={240} radius="md" mb="md" />
      <Skeleton height={180} radius="md" />
    </div>
  );
}
