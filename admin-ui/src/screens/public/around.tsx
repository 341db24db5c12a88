import { Anchor, Text } from '@mantine/core';
import { useEffect, type ReactNode } from 'react';
import { isLanguage, speak, useTexts } from '#admin-ui/src/i18n/index.ts';
import { LanguageChoice } from '#admin-ui/src/ui/language-choice.tsx';
import type { Seller } from './offer-api.ts';

/** What stands around every page of a signed link: the company, and the choice of language. It speaks the customer's at first, and no search engine lists it. */
export function Around({
  company,
  language,
  children,
}: {
  readonly company: Seller | null | undefined;
  readonly language: string | null | undefined;
  readonly children: ReactNode;
}) {
  const { t } = useTexts();
  const { street, postalCode, city } = company?.address ?? {};
  const contact = [street, [postalCode, city].filter(Boolean).join(' ')].filter(Boolean);
  useEffect(() => {
    if (isLanguage(language)) void speak(language);
  }, [language]);
  useUnlisted();
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
