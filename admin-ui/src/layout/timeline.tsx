import { Button, Stack, Text, Timeline as MantineTimeline, Title } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { apiName, useObject, type BusinessObject } from '../api/metadata.ts';
import { loadHistory, queryRecords, type HistoryEntry } from '../api/records.ts';
import { useFieldUis } from '../fields/field-ui.ts';
import { textOf } from '../fields/input-frame.ts';
import { formatAgo, formatDateTime } from '../i18n/format.ts';
import { useTexts } from '../i18n/index.ts';

/** What happened to a record, newest first: who, when, which fields from what to what. */
export function Timeline({ object, id, version }: { readonly object: BusinessObject; readonly id: string; readonly version: unknown }) {
  const { t, language } = useTexts();
  const history = useInfiniteQuery({
    queryKey: ['history', object.name, id, version],
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
      <MantineTimeline bulletSize={12} lineWidth={2} color="tessera">
        {entries.map((entry) => (
          <MantineTimeline.Item
            key={entry.eventId}
            title={
              <Text size="sm" fw={600}>
                {names.get(entry.by) ?? entry.by}
              </Text>
            }
          >
            <Text size="xs" c="dimmed" title={formatDateTime(entry.at, language)}>
              {formatAgo(entry.at, language)}
            </Text>
            <Changes object={object} entry={entry} />
          </MantineTimeline.Item>
        ))}
      </MantineTimeline>
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

const SHOWN = 8;

function Changes({ object, entry }: { readonly object: BusinessObject; readonly entry: HistoryEntry }) {
  const { t } = useTexts();
  const isCreation = entry.changes.every((change) => change.old === null);
  if (isCreation) {
    return (
      <Text className="timeline-change" mt={2}>
        {t('history.created')}
      </Text>
    );
  }
  return (
    <Stack gap={2} mt={2}>
      {entry.changes.slice(0, SHOWN).map((change) => (
        <Change key={change.field} object={object} change={change} />
      ))}
      {entry.changes.length > SHOWN && (
        <Text className="timeline-change" c="dimmed">
          {t('history.others', { count: entry.changes.length - SHOWN })}
        </Text>
      )}
    </Stack>
  );
}

function Change({ object, change }: { readonly object: BusinessObject; readonly change: HistoryEntry['changes'][number] }) {
  const { say, t } = useTexts();
  const uis = useFieldUis();
  const field = object.fields.find((one) => apiName(one) === change.field || one.name === change.field);
  if (!field) return null;
  const { Cell } = uis(field);
  const isPlain = field.type !== 'children' && field.type !== 'lookup' && field.type !== 'user' && field.type !== 'longText';
  return (
    <div className="timeline-change">
      {say(field.label)}
      {isPlain ? (
        <>
          {': '}
          {change.old !== null && (
            <>
              <del>
                <Cell field={field} value={change.old} record={{}} />
              </del>
              {' → '}
            </>
          )}
          <ins>{change.new === null ? t('field.empty') : <Cell field={field} value={change.new} record={{}} />}</ins>
        </>
      ) : (
        ` ${t('history.changed')}`
      )}
    </div>
  );
}

/** The names of those who acted, where the caller may read them. */
function useActors(entries: readonly HistoryEntry[]): ReadonlyMap<string, string> {
  const users = useObject('user');
  const ids = [...new Set(entries.map((entry) => entry.by).filter((by) => by.startsWith('user:')))].map((by) => by.slice(5)).toSorted();
  const answer = useQuery({
    queryKey: ['actors', ids],
    queryFn: ({ signal }) =>
      queryRecords({ module: 'platform', collection: 'users' }, { fields: 'id,name', filter: { id: { in: ids } }, limit: 200 }, signal),
    enabled: users !== undefined && ids.length > 0,
    staleTime: 300_000,
  });
  return new Map((answer.data?.items ?? []).map((user) => [`user:${textOf(user['id'])}`, textOf(user['name'])]));
}
