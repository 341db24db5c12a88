import { Button, Skeleton } from '@mantine/core';
import { IconChecklist } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { waitingQuery } from '#admin-ui/src/api/approvals.ts';
import { useLive } from '#admin-ui/src/api/live.ts';
import { useMe, useObject, type BusinessObject } from '#admin-ui/src/api/metadata.ts';
import { useTexts } from '#admin-ui/src/i18n/index.ts';
import { Empty } from '#admin-ui/src/ui/empty.tsx';
import { Failure } from '#admin-ui/src/ui/failure.tsx';
import { NotThere } from '#admin-ui/src/ui/not-there.tsx';
import { Page } from '#admin-ui/src/ui/page.tsx';
import { RequestCard } from './request-card.tsx';

/** The inbox of approvals: what waits for the reader, why, and the two buttons. */
export function ApprovalsScreen() {
  const { t } = useTexts();
  const requests = useObject('approval_request');
  if (!requests) return <NotThere title={t('notThere.page')} text={t('failure.noPage')} />;
  return <Inbox requests={requests} />;
}

function Inbox({ requests }: { readonly requests: BusinessObject }) {
  const { t } = useTexts();
  const { user } = useMe();
  const client = useQueryClient();
  const query = useQuery(waitingQuery(requests, user.id ?? ''));
  const refresh = (): void => void client.invalidateQueries({ queryKey: ['approvals'] });
  useLive(requests, refresh);
  return (
    <Page
      title={t('frame.approvals')}
      icon={<IconChecklist size={24} stroke={1.7} aria-hidden />}
      actions={
        <>
          <LinkTo object="approval_delegation" text={t('approvals.substitutes')} />
          <LinkTo object="approval_policy" text={t('approvals.policies')} />
        </>
      }
    >
      {query.isError && <Failure error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <Skeleton height={180} radius="md" aria-label={t('loading')} />}
      {query.data?.length === 0 && (
        <Empty icon={<IconChecklist size={36} stroke={1.4} aria-hidden />} title={t('approvals.none')} text={t('approvals.noneText')} />
      )}
      <ul className="approvals">
        {(query.data ?? []).map((request) => (
          <RequestCard key={request.id} requests={requests} request={request} onDecided={refresh} />
        ))}
      </ul>
    </Page>
  );
}

function LinkTo({ object, text }: { readonly object: string; readonly text: string }) {
  const isKnown = useObject(object) !== undefined;
  if (!isKnown) return null;
  return (
    <Button variant="default" renderRoot={(props) => <Link {...props} to="/o/$object" params={{ object }} search={{}} />}>
      {text}
    </Button>
  );
}
