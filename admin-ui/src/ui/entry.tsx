import type { ReactNode } from 'react';
import { Group } from '@mantine/core';
import { chooseLanguage } from '../i18n/index.ts';
import { LanguageChoice } from './language-choice.tsx';

/** The page before signing in: the product's name, one form, the languages. */
export function Entry({ children }: { readonly children: ReactNode }) {
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
        <LanguageChoice onChoose={chooseLanguage} justify="center" mt="lg" />
      </main>
    </div>
  );
}
