import { Center, Loader, Text, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { Problem } from '#admin-ui/src/api/problem.ts';
import { addTexts, useTexts } from '#admin-ui/src/i18n/index.ts';
import { publicTexts } from '#admin-ui/src/i18n/texts/public.ts';
import '#admin-ui/src/styles/kit-screens.css';
import '#admin-ui/src/styles/public.css';
import { Failure } from '#admin-ui/src/ui/failure.tsx';
import { Around } from './around.tsx';
import { readOffer } from './offer-api.ts';
import { OfferAnswer } from './offer-answer.tsx';
import { OfferDocument } from './offer-document.tsx';

addTexts(publicTexts);

/** The page at the link that a customer was sent: the offer, and their answer to it. Nothing of the platform stands around it. */
export function PublicOfferScreen() {
  const { token } = useParams({ from: '/public/offers/acceptance/$token' });
  const { t } = useTexts();
  const key = ['public', 'offer', token];
  const query = useQuery({ queryKey: key, queryFn: ({ signal }) => readOffer(token, signal), staleTime: 60_000 });
  const offer = query.data;
  useDocumentTitle([offer && t('public.title', { number: offer.number ?? '' }), offer?.company?.name].filter(Boolean).join(' · '));
  const isNowhere = query.error instanceof Problem && query.error.status === 404;
  return (
    <Around company={offer?.company} language={offer?.language}>
      {offer ? (
        <>
          <OfferDocument offer={offer} token={token} />
          <OfferAnswer token={token} offer={offer} queryKey={key} onStale={() => void query.refetch()} />
        </>
      ) : isNowhere ? (
        <section className="card public-card">
          <Title order={1}>{t('public.noLink')}</Title>
          <Text mt="sm">{t('public.noLinkText')}</Text>
        </section>
      ) : query.isError ? (
        <Failure error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <Center py="xl">
          <Loader aria-label={t('loading')} />
        </Center>
      )}
    </Around>
  );
}
