import { Button, Group, Skeleton } from '@mantine/core';
import { IconListDetails } from '@tabler/icons-react';
import { keepPreviousData, useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { eventPage, verifyChain, type EventSearch } from '#admin-ui/src/api/audit.ts';
import { useObject, type BusinessObject } from '#admin-ui/src/api/metadata.ts';
import { useTexts } from '#admin-ui/src/i18n/index.ts';
import { Empty } from '#admin-ui/src/ui/empty.tsx';
import { Failure } from '#admin-ui/src/ui/failure.tsx';
import { NotThere } from '#admin-ui/src/ui/not-there.tsx';
import { Page } from '#admin-ui/src/ui/page.tsx';
import { EventDrawer } from './event-drawer.tsx';
import { readAuditState, type AuditState } from './event-search.ts';
import { EventTable } from './event-table.tsx';
import { SearchFields } from './search-fields.tsx';
import { VerifyProgress } from './verify-progress.tsx';
import '#admin-ui/src/styles/audit.css';

/** What has happened in all services, for those who may read it. */
export function AuditScreen() {
  const { t } = useTexts();
  const events = useObject('event');
  return events ? <Explorer events={events} /> : <NotThere title={t('notThere.page')} text={t('failure.noPage')} />;
}

function Explorer({ events }: { readonly events: BusinessObject }) {
  const { t, say } = useTexts();
  const { event, run, ...search } = useSearch({ from: '/app/working/audit' });
  const navigate = useNavigate({ from: '/audit' });
  const go = (change: Partial<Record<keyof AuditState, string | undefined>>): void =>
    void navigate({ search: (now) => readAuditState({ ...now, ...change }), replace: true });
  const verify = useMutation({ mutationFn: verifyChain, onSuccess: (id) => go({ run: id }) });
  return (
    <Page
      title={say(events.pluralLabel)}
      icon={<IconListDetails size={24} stroke={1.7} aria-hidden />}
      actions={
        <Group gap="xs">
          <AsList />
          <Button loading={verify.isPending} onClick={() => verify.mutate()}>
            {t('audit.verify')}
          </Button>
        </Group>
      }
    >
      {verify.isError && <Failure error={verify.error} />}
      {run !== undefined && <VerifyProgress run={run} />}
      <SearchFields search={search} onChange={(next) => go({ ...CLEARED, ...next })} />
      <Found search={search} onOpen={(id) => go({ event: id })} />
      {event !== undefined && (
        <EventDrawer
          id={event}
          onOpen={(id) => go({ event: id })}
          onSearch={(next) => go({ ...CLEARED, event: undefined, ...next })}
          onClose={() => go({ event: undefined })}
        />
      )}
    </Page>
  );
}

const CLEARED = { about: undefined, type: undefined, actor: undefined, correlation: undefined, from: undefined, to: undefined };

function Found({ search, onOpen }: { readonly search: EventSearch; readonly onOpen: (id: string) => void }) {
  const { t } = useTexts();
  const pages = useInfiniteQuery({
    queryKey: ['audit', 'events', search],
    queryFn: ({ pageParam, signal }) => eventPage(search, pageParam, signal),
    initialPageParam: firstPage(),
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  });
  const rows = pages.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      {pages.isError && <Failure error={pages.error} onRetry={() => void pages.refetch()} />}
      {pages.isPending && <Skeleton height={260} radius="md" aria-label={t('loading')} />}
      {pages.data && rows.length === 0 && (
        <Empty icon={<IconListDetails size={36} stroke={1.4} aria-hidden />} title={t('audit.none')} text={t('audit.noneText')} />
      )}
      {rows.length > 0 && (
        <div className="card audit-rows">
          <EventTable label={t('audit.events')} events={rows} onOpen={onOpen} />
        </div>
      )}
      {pages.hasNextPage && (
        <Button mt="sm" variant="default" loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
          {t('audit.more')}
        </Button>
      )}
    </>
  );
}

function firstPage(): string | null {
  return null;
}

function AsList() {
  const { t } = useTexts();
  return (
    <Button variant="default" renderRoot={(props) => <Link {...props} to="/o/$object" params={{ object: 'event' }} search={{}} />}>
      {t('audit.asList')}
    </Button>
  );
}
