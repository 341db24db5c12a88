import { Badge, Button, Group, Table, Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import { IconArrowBackUp } from '@tabler/icons-react';
import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import type { Label } from '#platform/kernel/model.ts';
import { ask, askFor } from '#admin-ui/src/api/client.ts';
import { useMetadataChanged } from '#admin-ui/src/api/metadata.ts';
import { formatAgo, formatDateTime } from '#admin-ui/src/i18n/format.ts';
import { useTexts } from '#admin-ui/src/i18n/index.ts';
import { Failure } from '#admin-ui/src/ui/failure.tsx';
import { notifyDone, notifyFailure } from '#admin-ui/src/ui/notify.tsx';
import { DataTable } from '#admin-ui/src/ui/data-table.tsx';

type Entry = {
  readonly version: number;
  readonly at: string;
  readonly byName: string;
  readonly summaries: Label;
  readonly state: string;
  readonly undoable: boolean;
  readonly reason?: string;
  readonly undoneBy?: number;
};

type Log = { readonly items: readonly Entry[]; readonly next: string | null };

/** Every change of the metadata, of one object or option list or of all: who, when, what, and taking it back. */
export function ChangeLog({ object, optionList }: { readonly object?: string; readonly optionList?: string }) {
  const { t, say, language } = useTexts();
  const changed = useMetadataChanged();
  const start: string | null = null;
  const log = useInfiniteQuery({
    queryKey: ['changes', object ?? '', optionList ?? ''],
    queryFn: ({ pageParam, signal }) => {
      const asked = new URLSearchParams({
        limit: '50',
        ...(object === undefined ? {} : { object }),
        ...(optionList === undefined ? {} : { optionList }),
        ...(pageParam === '' ? {} : { cursor: pageParam }),
      });
      return askFor<Log>(`/api/platform/changes?${asked.toString()}`, { signal });
    },
    initialPageParam: start ?? '',
    getNextPageParam: (page) => page.next ?? undefined,
  });
  const undo = useMutation({
    mutationFn: (version: number) => ask(`/api/platform/changes/${version}/undo`, { method: 'POST', body: {} }),
    onSuccess: async () => {
      await changed();
      notifyDone(t('changes.undone'));
    },
    onError: notifyFailure,
  });
  // The new entry pushes the rows down: without the question, a second click would take the taking back back.
  const askUndo = ({ version, summaries }: Entry): void => {
    modals.openConfirmModal({
      title: t('changes.undoVersion', { version }),
      children: <Text size="sm">{t('changes.undoText', { summary: say(summaries) })}</Text>,
      labels: { confirm: t('changes.undo'), cancel: t('action.cancel') },
      closeButtonProps: { 'aria-label': t('action.close') },
      onConfirm: () => undo.mutate(version),
    });
  };
  if (log.isError) return <Failure error={log.error} onRetry={() => void log.refetch()} />;
  const entries = log.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <div className="card">
      <DataTable label={t('settings.changes')} minWidth={640}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th w={90}>{t('changes.version')}</Table.Th>
            <Table.Th>{t('changes.what')}</Table.Th>
            <Table.Th>{t('changes.who')}</Table.Th>
            <Table.Th>{t('changes.when')}</Table.Th>
            <Table.Th w={150}>
              <span className="sr-only">{t('lines.actions')}</span>
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {entries.map((entry) => (
            <Table.Tr key={entry.version}>
              <Table.Td className="line-number">{entry.version}</Table.Td>
              <Table.Td>
                <Group gap={8}>
                  <Text size="sm">{say(entry.summaries)}</Text>
                  {entry.state === 'pending' && (
                    <Badge color="yellow" variant="light" tt="none">
                      {t('field.pending')}
                    </Badge>
                  )}
                  {entry.undoneBy !== undefined && (
                    <Badge color="gray" variant="light" tt="none">
                      {t('changes.undoneBy', { version: entry.undoneBy })}
                    </Badge>
                  )}
                </Group>
              </Table.Td>
              <Table.Td>{entry.byName}</Table.Td>
              <Table.Td className="dim" title={formatDateTime(entry.at, language)}>
                {formatAgo(entry.at, language)}
              </Table.Td>
              <Table.Td>
                {entry.undoable && (
                  <Button
                    size="compact-sm"
                    variant="subtle"
                    leftSection={<IconArrowBackUp size={14} aria-hidden />}
                    loading={undo.isPending && undo.variables === entry.version}
                    aria-label={t('changes.undoVersion', { version: entry.version })}
                    onClick={() => askUndo(entry)}
                  >
                    {t('action.undo')}
                  </Button>
                )}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </DataTable>
      {log.hasNextPage && (
        <Group justify="center" p="sm">
          <Button variant="subtle" loading={log.isFetchingNextPage} onClick={() => void log.fetchNextPage()}>
            {t('history.more')}
          </Button>
        </Group>
      )}
    </div>
  );
}
