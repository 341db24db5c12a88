import { Alert, Button, Group, Stack, Text, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { IconCheck } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { addTexts, useTexts } from '#admin-ui/src/i18n/index.ts';
import { publicTexts } from '#admin-ui/src/i18n/texts/public.ts';
import '#admin-ui/src/styles/kit-screens.css';
import '#admin-ui/src/styles/public.css';
import { Failure } from '#admin-ui/src/ui/failure.tsx';
import { Linked } from './linked.tsx';
import { changeSubscription, readSubscription, type PublicSubscription } from './unsubscribe-api.ts';

addTexts(publicTexts);

/** The page at the link in a letter: which address gets such letters, and the way off and on again. Opening it changes nothing. */
export function PublicUnsubscribeScreen() {
  const { token } = useParams({ from: '/public/notifications/unsubscribe/$token' });
  const { t } = useTexts();
  const key = ['public', 'unsubscribe', token];
  const query = useQuery({ queryKey: key, queryFn: ({ signal }) => readSubscription(token, signal) });
  const { data } = query;
  useDocumentTitle([data && t('unsubscribe.title', { address: data.address }), data?.company?.name].filter(Boolean).join(' · '));
  return (
    <Linked query={query} nowhere={t('unsubscribe.noLinkText')}>
      {(subscription) => <Subscription token={token} subscription={subscription} queryKey={key} />}
    </Linked>
  );
}

type Props = { readonly token: string; readonly subscription: PublicSubscription; readonly queryKey: readonly unknown[] };

function Subscription({ token, subscription: { state, address }, queryKey }: Props) {
  const { t } = useTexts();
  const client = useQueryClient();
  const change = useMutation({
    mutationFn: (command: 'unsubscribe' | 'resubscribe') => changeSubscription(token, command),
    onSuccess: (now) => client.setQueryData(queryKey, now),
    onError: () => void client.invalidateQueries({ queryKey }),
  });
  return (
    <section className="card public-card">
      <Stack aria-live="polite">
        <Title order={1}>{t('unsubscribe.title', { address })}</Title>
        {change.isError && <Failure error={change.error} />}
        {state === 'off' && (
          <Alert role="status" color="green" icon={<IconCheck aria-hidden />} title={t('unsubscribe.off')}>
            {t('unsubscribe.offText')}
          </Alert>
        )}
        {state !== 'off' && <Text>{t(state === 'on' ? 'unsubscribe.on' : 'unsubscribe.closed')}</Text>}
        {state === 'on' && (
          <Group>
            <Button size="md" loading={change.isPending} onClick={() => change.mutate('unsubscribe')}>
              {t('unsubscribe.takeOff')}
            </Button>
          </Group>
        )}
        {state === 'off' && (
          <Group>
            <Button variant="default" loading={change.isPending} onClick={() => change.mutate('resubscribe')}>
              {t('unsubscribe.putOn')}
            </Button>
          </Group>
        )}
      </Stack>
    </section>
  );
}
