import { Alert, Skeleton, Text } from '@mantine/core';
import { QueryClient, QueryClientProvider, useQuery } from '@tanstack/react-query';
import { useMemo, useState, type ReactNode } from 'react';
import { hasSections } from '#platform/kernel/layouts.ts';
import type { LayoutDefinition, LayoutPage } from '#platform/kernel/model.ts';
import { askFor } from '#admin-ui/src/api/client.ts';
import { apiName, fieldById, meQuery, objectsQuery, useMe, type BusinessObject, type Field } from '#admin-ui/src/api/metadata.ts';
import { queryRecords, type RecordValues } from '#admin-ui/src/api/records.ts';
import { recordTitle } from '#admin-ui/src/api/titles.ts';
import { useFieldUis } from '#admin-ui/src/fields/field-ui.ts';
import { textOf } from '#admin-ui/src/fields/input-frame.ts';
import { useObjects } from '#admin-ui/src/api/metadata.ts';
import { useTexts } from '#admin-ui/src/i18n/index.ts';
import { hasTimeline, Timeline } from '#admin-ui/src/layout/life/timeline.tsx';
import { useAttachments } from '#admin-ui/src/layout/life/use-attachments.ts';
import { useRecordForm } from '#admin-ui/src/layout/record-form.ts';
import { RelatedTable } from '#admin-ui/src/layout/related-list.tsx';
import { RecordBody } from '#admin-ui/src/layout/sections.tsx';
import { useLayout } from '#admin-ui/src/layout/use-layout.ts';
import { listQuery } from '#admin-ui/src/screens/list/list-query.ts';
import { Failure } from '#admin-ui/src/ui/failure.tsx';

type Props = {
  readonly object: BusinessObject;
  readonly page: LayoutPage;
  /** As it is being edited. */
  readonly layout: LayoutDefinition;
  readonly role: string;
  readonly record: RecordValues | null;
};

type Seen = { readonly items: readonly BusinessObject[]; readonly version: number };

/** A page as people of one role have it: with the objects and fields that they know, and the layout that they get of this record. */
export function LayoutPreview(props: Props) {
  const { t, say } = useTexts();
  const { role, object } = props;
  const seen = useQuery({
    queryKey: ['objects', 'as', role],
    queryFn: ({ signal }) => askFor<Seen>(`/api/platform/objects?as=${encodeURIComponent(role)}`, { signal }),
    retry: false,
  });
  if (seen.isError) return <Failure error={seen.error} />;
  if (!seen.data) return <Skeleton height={240} />;
  const theirs = seen.data.items.find((one) => one.id === object.id);
  if (!theirs) return <Alert color="yellow">{t('layout.unseen', { objects: say(object.pluralLabel) })}</Alert>;
  return (
    <ThroughTheirEyes key={seen.data.version} seen={seen.data} role={role}>
      <Drawn {...props} theirs={theirs} />
    </ThroughTheirEyes>
  );
}

/** The screens stand on the objects and on who sits here; below this they are the role's. */
function ThroughTheirEyes({ seen, role, children }: { readonly seen: Seen; readonly role: string; readonly children: ReactNode }) {
  const me = useMe();
  const [client] = useState(() => {
    const made = new QueryClient({ defaultOptions: { queries: { retry: false, staleTime: Infinity } } });
    made.setQueryData(objectsQuery.queryKey, seen);
    made.setQueryData(meQuery.queryKey, { ...me, administrator: false, user: { ...me.user, roles: [role] } });
    return made;
  });
  return <QueryClientProvider client={client}>{children}</QueryClientProvider>;
}

type DrawnProps = Props & { readonly theirs: BusinessObject };

const NOTHING: RecordValues = {};

function Drawn({ page, layout, record, theirs }: DrawnProps) {
  const { t, say } = useTexts();
  const chosen = useLayout(theirs, page, record ?? NOTHING);
  // Their own object has the layout as it was saved; what is being edited stands in its place.
  const isOther = chosen !== undefined && chosen.name !== layout.name;
  const shown = isOther ? chosen : layout;
  return (
    <div className="layout-preview" role="group" aria-label={t('layout.preview')}>
      {isOther && (
        <Alert color="yellow" mb="sm">
          {t('layout.theyGet', { layout: say(chosen.label) || t('layout.default') })}
        </Alert>
      )}
      {page === 'detail' && !record ? (
        <Alert color="gray">{t('layout.noRecord')}</Alert>
      ) : hasSections(page) ? (
        <PagePreview object={theirs} layout={shown} isNew={page === 'create'} record={record} />
      ) : (
        <ColumnsPreview object={theirs} layout={shown} isCard={page === 'kanban'} />
      )}
    </div>
  );
}

type PageProps = {
  readonly object: BusinessObject;
  readonly layout: LayoutDefinition;
  readonly isNew: boolean;
  readonly record: RecordValues | null;
};

function PagePreview({ object, layout, isNew, record }: PageProps) {
  const values = isNew || !record ? NOTHING : record;
  const form = useRecordForm(object, values, `preview ${object.name}`);
  const id = textOf(values['id']);
  const canEdit = isNew ? object.permissions.create : object.permissions.edit;
  const history = isNew || !hasTimeline(object) ? undefined : <Told object={object} record={values} />;
  // It is looked at; nothing that is typed here is kept.
  const still = { ...form, set: () => undefined };
  return <RecordBody layout={layout} form={still} canEdit={canEdit} {...(isNew ? {} : { id, history })} />;
}

/** What happened to the record, to be read. */
function Told({ object, record }: { readonly object: BusinessObject; readonly record: RecordValues }) {
  const files = { ...useAttachments(object, textOf(record['id'])), mayChange: false };
  return <Timeline object={object} record={record} files={files} isClosed />;
}

function ColumnsPreview({
  object,
  layout,
  isCard,
}: {
  readonly object: BusinessObject;
  readonly layout: LayoutDefinition;
  readonly isCard: boolean;
}) {
  const { t } = useTexts();
  const objects = useObjects();
  const columns = useMemo(() => (layout.columns ?? []).flatMap((id) => fieldById(object, id) ?? []), [layout.columns, object]);
  const find = (name: string) => objects.find((one) => one.name === name);
  const query = listQuery(object, { columns, sort: '', filter: undefined }, { state: {}, find });
  const answer = useQuery({
    queryKey: ['preview', object.name, query.fields],
    queryFn: ({ signal }) => queryRecords(object, { ...query, limit: isCard ? 3 : 8 }, signal),
  });
  const rows = answer.data?.items ?? [];
  if (answer.isSuccess && rows.length === 0) return <Text c="dimmed">{t('layout.noRecord')}</Text>;
  if (!isCard) return <RelatedTable object={object} columns={columns} rows={rows} />;
  return (
    <div className="layout-cards">
      {rows.map((row) => (
        <CardPreview key={textOf(row['id'])} object={object} columns={columns} row={row} />
      ))}
    </div>
  );
}

function CardPreview({
  object,
  columns,
  row,
}: {
  readonly object: BusinessObject;
  readonly columns: readonly Field[];
  readonly row: RecordValues;
}) {
  const { t } = useTexts();
  const uis = useFieldUis();
  return (
    <div className="board-card">
      <div className="cell-title">{recordTitle(object, row) || t('list.untitled')}</div>
      {columns.map((field) => {
        const { Cell } = uis(field);
        return (
          <div key={field.id} className="board-fact">
            <Cell field={field} value={row[apiName(field)]} record={row} />
          </div>
        );
      })}
    </div>
  );
}
