import { Anchor, Center, Loader, Text, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useEffect, type ReactNode } from 'react';
import { Problem } from '#admin-ui/src/api/problem.ts';
import { addTexts, isLanguage, speak, useTexts } from '#admin-ui/src/i18n/index.ts';
import { publicTexts } from '#admin-ui/src/i18n/texts/public.ts';
import '#admin-ui/src/styles/kit-screens.css';
import '#admin-ui/src/styles/public.css';
import { Failure } from '#admin-ui/src/ui/failure.tsx';
import { readOffer, type PublicOffer } from './offer-api.ts';
import { LanguageChoice } from '#admin-ui/src/ui/language-choice.tsx';
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
  const language = offer?.language;
  useEffect(() => {
    if (isLanguage(language)) void speak(language);
  }, [language]);
  useUnlisted();
  useDocumentTitle([offer && t('public.title', { number: offer.number ?? '' }), offer?.company?.name].filter(Boolean).join(' · '));
  const isNowhere = query.error instanceof Problem && query.error.status === 404;
  return (
    <Around offer={offer}>
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

function Around({ offer, children }: { readonly offer: PublicOffer | undefined; readonly children: ReactNode }) {
  const { t } = useTexts();
  const { company } = offer ?? {};
  const { street, postalCode, city } = company?.address ?? {};
  const contact = [street, [postalCode, city].filter(Boolean).join(' ')].filter(Boolean);
  return (
    <div className="public">
      <header className="public-head">
        <Text component="p" className="public-company">
          {company?.name}
        </Text>
        <LanguageChoice onChoose={speak} />
      </header>
      <main>{children}</main>
      {company && (
        <footer className="public-foot">
          <span>{[company.name, ...contact].join(', ')}</span>
          {company.email && <Anchor href={`mailto:${company.email}`}>{company.email}</Anchor>}
          {company.phone && <Anchor href={`tel:${company.phone}`}>{company.phone}</Anchor>}
          {company.vatNumber && <span>{t('public.vatNumber', { number: company.vatNumber })}</span>}
        </footer>
      )}
    </div>
  );
}

/** The page is for who has the link: no search engine lists it. */
function useUnlisted(): void {
  useEffect(() => {
    const meta = document.createElement('meta');
    meta.name = 'robots';
    meta.content = 'noindex, nofollow';
    document.head.append(meta);
    return () => meta.remove();
  }, []);
}
