import type { ReactNode } from 'react';
import { LANGUAGES, chooseLanguage, useTexts, type Language } from '../i18n/index.ts';
import { Anchor, Group } from '@mantine/core';

/** The page before signing in: the product's name, one form, the languages. */
export function Entry({ children }: { readonly children: ReactNode }) {
  const { language } = useTexts();
  return (
    <div className="entry">
      <main>
        <Group justify="center" mb="lg">
          <span className="brand">
            <img src="/icon.svg" alt="" />
            Tessera
          </span>
        </Group>
        {children}
        <Group justify="center" mt="lg" gap="md">
          {(['en', 'de'] as const).map((one: Language) => (
            <Anchor
              key={one}
              component="button"
              type="button"
              size="sm"
              lang={one}
              {...(one === language ? { fw: 700, 'aria-current': true } : {})}
              onClick={() => void chooseLanguage(one)}
            >
              {LANGUAGES[one]}
            </Anchor>
          ))}
        </Group>
      </main>
    </div>
  );
}
