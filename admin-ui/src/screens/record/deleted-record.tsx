import { Alert, Anchor, Breadcrumbs, Button, Group, Text } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { modals } from '@mantine/modals';
import { IconArrowBackUp, IconTrash } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useObjects, type BusinessObject } from '#admin-ui/src/api/metadata.ts';
import { queryRecords, removeRecord, restoreRecord, type RecordValues } from '#admin-ui/src/api/records.ts';
import { recordTitle } from '#admin-ui/src/api/titles.ts';
import { textOf } from '#admin-ui/src/fields/input-frame.ts';
import { formatDateTime } from '#admin-ui/src/i18n/format.ts';
import { useTexts } from '#admin-ui/src/i18n/index.ts';
import { hasTimeline, Timeline } from '#admin-ui/src/layout/life/timeline.tsx';
import { useAttachments } from '#admin-ui/src/layout/life/use-attachments.ts';
import { useRecordForm } from '#admin-ui/src/layout/record-form.ts';
import { RecordBody } from '#admin-ui/src/layout/sections.tsx';
import { useLayout } from '#admin-ui/src/layout/use-layout.ts';
import { notifyDone, notifyFailure } from '#admin-ui/src/ui/notify.tsx';
import { RecordName } from './record-head.tsx';
import { expandable } from './use-record.ts';

type Props = {
  readonly object: BusinessObject;
  readonly id: string;
  readonly onRestored: () => void;
  /** What is shown when it is not in the recycle bin either. */
  readonly otherwise: ReactNode;
};

/** A record that is not there because it is in the recycle bin: to be read, taken back, or let go for good. */
export function DeletedRecord({ object, id, onRestored, otherwise }: Props) {
  const objects = useObjects();
  const answer = useQuery({
    queryKey: ['deleted', object.name, id],
    queryFn: ({ signal }) =>
      queryRecords(object, { filter: { id }, deleted: 'only', limit: 1, expand: expandable(object, objects) }, signal),
    enabled: object.parent === undefined,
    retry: false,
  });
  const record = answer.data?.items[0];
  if (answer.isPending && object.parent === undefined) return null;
  return record ? <FoundInBin object={object} record={record} onRestored={onRestored} /> : otherwise;
}

type FoundProps = { readonly object: BusinessObject; readonly record: RecordValues; readonly onRestored: () => void };

function FoundInBin({ object, record, onRestored }: FoundProps) {
  const { t, say, language } = useTexts();
  const id = textOf(record['id']);
  const form = useRecordForm(object, record, `${object.name}.${id}.deleted`);
  const files = { ...useAttachments(object, id), mayChange: false };
  const title = recordTitle(object, record) || say(object.label);
  const layout = useLayout(object, 'detail', record);
  const history = hasTimeline(object) ? <Timeline object={object} record={record} files={files} isClosed /> : undefined;
  useDocumentTitle(`${title} · Tessera`);
  return (
    <>
      <div className="sticky-head">
        <Breadcrumbs separator="›" fz="sm" mb={4}>
          <Anchor
            inherit
            renderRoot={(given) => <Link {...given} to="/o/$object" params={{ object: object.name }} search={{ deleted: true }} />}
          >
            {t('list.binOf', { objects: say(object.pluralLabel) })}
          </Anchor>
          <span className="dim crumb-title">{title}</span>
        </Breadcrumbs>
        <div className="page-head record-head">
          <RecordName object={object} title={title} subtitle="" />
          <WaysOut object={object} record={record} onRestored={onRestored} />
        </div>
      </div>
      <Alert color="gray" mb="md" icon={<IconTrash size={18} aria-hidden />}>
        {t('record.inBin', { object: say(object.label), at: formatDateTime(textOf(record['updatedAt']), language) })}
      </Alert>
      {layout && <RecordBody layout={layout} form={form} canEdit={false} id={id} history={history} />}
    </>
  );
}

function WaysOut({ object, record, onRestored }: FoundProps) {
  const { t, say } = useTexts();
  const navigate = useNavigate();
  const id = textOf(record['id']);
  const restore = (): void => {
    restoreRecord(object, id).then(() => {
      notifyDone(t('list.restored', { count: 1 }));
      onRestored();
    }, notifyFailure);
  };
  const purge = (): void => {
    removeRecord(object, id, true).then(async () => {
      notifyDone(t('record.purged', { object: say(object.label) }));
      await navigate({ to: '/o/$object', params: { object: object.name }, search: { deleted: true } });
    }, notifyFailure);
  };
  const ask = (): void => {
    modals.openConfirmModal({
      title: t('record.purge'),
      children: <Text size="sm">{t('record.purgeText')}</Text>,
      labels: { confirm: t('record.purge'), cancel: t('action.cancel') },
      confirmProps: { color: 'red' },
      closeButtonProps: { 'aria-label': t('action.close') },
      onConfirm: purge,
    });
  };
  return (
    <Group gap="xs">
      {object.permissions.delete && (
        <Button leftSection={<IconArrowBackUp size={16} aria-hidden />} onClick={restore}>
          {t('action.restore')}
        </Button>
      )}
      {object.permissions.purge && (
        <Button variant="light" color="red" leftSection={<IconTrash size={16} aria-hidden />} onClick={ask}>
          {t('record.purge')}
        </Button>
      )}
    </Group>
  );
}
