import { useDocumentTitle } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { addTexts, useTexts } from '#admin-ui/src/i18n/index.ts';
import { publicTexts } from '#admin-ui/src/i18n/texts/public.ts';
import '#admin-ui/src/styles/kit-screens.css';
import '#admin-ui/src/styles/public.css';
import { Linked } from './linked.tsx';
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
  return (
    <Linked query={query} nowhere={t('public.noLinkText')}>
      {(shown) => (
        <>
          <OfferDocument offer={shown} token={token} />
          <OfferAnswer token={token} offer={shown} queryKey={key} onStale={() => void query.refetch()} />
        </>
      )}
    </Linked>
  );
}
