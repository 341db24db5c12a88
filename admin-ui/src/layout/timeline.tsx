import { Avatar, Button, Skeleton, Stack, Text, Title } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { apiName, useObject, type BusinessObject, type Field } from '../api/metadata.ts';
import { loadHistory, queryRecords, type HistoryEntry, type RecordValues } from '../api/records.ts';
import { useFieldUis } from '../fields/field-ui.ts';
import { textOf } from '../fields/input-frame.ts';
import { useRecordTitle } from '../fields/lookup.tsx';
import { formatAgo, formatDateTime } from '../i18n/format.ts';
import { useTexts } from '../i18n/index.ts';

/** What happened to a record, newest first: who, when, which fields from what to what. */
export function Timeline({ object, record }: { readonly object: BusinessObject; readonly record: RecordValues }) {
  const { t } = useTexts();
  const id = textOf(record['id']);
  const history = useInfiniteQuery({
    queryKey: ['history', object.name, id, record['version']],
    queryFn: ({ pageParam }) => loadHistory(object, id, pageParam),
    initialPageParam: initialCursor(),
    getNextPageParam: (page) => page.next ?? undefined,
  });
  const entries = history.data?.pages.flatMap((page) => page.items) ?? [];
  const names = useActors(entries);
  return (
    <aside className="card section" aria-label={t('history.title')}>
      <Title order={2}>{t('history.title')}</Title>
      {history.isError && (
        <Text size="sm" c="dimmed">
          {history.error.message}
        </Text>
      )}
      {history.isPending && <Skeleton height={38} radius="md" />}
      <ol className="timeline">
        {entries.map((entry, index) => (
          <Entry
            key={entry.eventId}
            object={object}
            record={record}
            entry={entry}
            name={entry.byName ?? names.get(entry.by)}
            isOldest={!history.hasNextPage && index === entries.length - 1}
          />
        ))}
      </ol>
      {history.hasNextPage && (
        <Button
          size="compact-sm"
          variant="subtle"
          mt="xs"
          loading={history.isFetchingNextPage}
          onClick={() => void history.fetchNextPage()}
        >
          {t('history.more')}
        </Button>
      )}
    </aside>
  );
}

function initialCursor(): string | null {
  return null;
}

type EntryProps = {
  readonly object: BusinessObject;
  readonly record: RecordValues;
  readonly entry: HistoryEntry;
  readonly name: string | undefined;
  readonly isOldest: boolean;
};

function Entry({ object, record, entry, name, isOldest }: EntryProps) {
  const { t, language } = useTexts();
  const shown = name ?? (entry.by.startsWith('user:') || entry.by.startsWith('key:') ? t('history.somebody') : t('history.system'));
  return (
    <li className="timeline-entry">
      <Avatar name={shown} color="initials" size={26} radius="xl" aria-hidden />
      <div>
        <Text size="sm" fw={600} component="span">
          {shown}
        </Text>{' '}
        <Text size="xs" c="dimmed" component="time" dateTime={entry.at} title={formatDateTime(entry.at, language)}>
          {formatAgo(entry.at, language)}
        </Text>
        <Changes object={object} record={record} entry={entry} isOldest={isOldest} />
      </div>
    </li>
  );
}

const SHOWN = 8;

/** A record begins with its oldest entry; a later one that only fills what was empty is a change like any other. */
function Changes({ object, record, entry, isOldest }: Omit<EntryProps, 'name'>) {
  const { t } = useTexts();
  const changes = entry.changes.flatMap((change) => {
    const field = object.fields.find((one) => apiName(one) === change.field || one.name === change.field);
    return field && field.system !== true ? [{ ...change, field }] : [];
  });
  if (isOldest && entry.changes.every((change) => change.old === null))
    return <div className="timeline-change">{t('history.created')}</div>;
  return (
    <Stack gap={3} mt={2}>
      {changes.slice(0, SHOWN).map((change) => (
        <Change key={change.field.id} field={change.field} record={record} before={change.old} after={change.new} />
      ))}
      {changes.length > SHOWN && (
        <Text className="timeline-change" c="dimmed">
          {t('history.others', { count: changes.length - SHOWN })}
        </Text>
      )}
    </Stack>
  );
}

type ChangeProps = { readonly field: Field; readonly record: RecordValues; readonly before: unknown; readonly after: unknown };

function Change({ field, record, before, after }: ChangeProps) {
  const { say, t } = useTexts();
  const isLong = field.type === 'children' || field.type === 'longText' || field.type === 'json';
  return (
    <div className="timeline-change">
      <span className="dim">{say(field.label)}</span>{' '}
      {isLong ? (
        t('history.changed')
      ) : (
        <>
          {before !== null && before !== undefined && (
            <>
              <del>
                <Value field={field} value={before} record={record} />
              </del>
              <span aria-hidden> → </span>
            </>
          )}
          <ins>{after === null || after === undefined ? t('field.empty') : <Value field={field} value={after} record={record} />}</ins>
        </>
      )}
    </div>
  );
}

/** Amounts in the currency that the record has now. */
function Value({ field, value, record }: { readonly field: Field; readonly value: unknown; readonly record: RecordValues }) {
  const { Cell } = useFieldUis()(field);
  if (field.type === 'lookup' || field.type === 'user') return <ReferenceValue field={field} id={textOf(value)} />;
  return <Cell field={field} value={value} record={record} />;
}

function ReferenceValue({ field, id }: { readonly field: Field; readonly id: string }) {
  return <>{useRecordTitle(field.target ?? 'user', id) || id.slice(0, 8)}</>;
}

/** The names of those who acted, people and programs with a key, where the caller may read them. */
function useActors(entries: readonly HistoryEntry[]): ReadonlyMap<string, string> {
  const actors = [...new Set(entries.map((entry) => entry.by))].toSorted();
  const people = useNames('user', actors);
  const programs = useNames('key', actors);
  return new Map([...people, ...programs]);
}

const COLLECTIONS = { user: ['user', 'users'], key: ['api_key', 'api-keys'] } as const;

function useNames(kind: keyof typeof COLLECTIONS, actors: readonly string[]): readonly (readonly [string, string])[] {
  const [name, collection] = COLLECTIONS[kind];
  const object = useObject(name);
  const ids = actors.filter((by) => by.startsWith(`${kind}:`)).map((by) => by.slice(kind.length + 1));
  const answer = useQuery({
    queryKey: ['actors', kind, ids],
    queryFn: ({ signal }) =>
      queryRecords({ module: 'platform', collection }, { fields: 'id,name', filter: { id: { in: ids } }, limit: 200 }, signal),
    enabled: object !== undefined && ids.length > 0,
    staleTime: 300_000,
  });
  return (answer.data?.items ?? []).map((one) => [`${kind}:${textOf(one['id'])}`, textOf(one['name'])] as const);
}
