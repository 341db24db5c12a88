import i18next from 'i18next';
import { useMemo } from 'react';
import { initReactI18next, useTranslation } from 'react-i18next';
import type { Label } from '#platform/kernel/model.ts';
import { frameTexts } from './texts/frame.ts';
import { problemsTexts } from './texts/problems.ts';
import type { publicTexts } from './texts/public.ts';
import type { workingTexts } from './working-texts.ts';

type Sentences = { readonly [key: string]: readonly [string, string] };

/** What the screens can say by now: what the first page needs, what may be refused at any time, and whatever was added since. */
const known: Record<string, readonly [string, string]> = { ...frameTexts, ...problemsTexts };

/** The languages of the screens; their names are written in themselves. */
export const LANGUAGES = { en: 'English', de: 'Deutsch' } as const;
export type Language = keyof typeof LANGUAGES;

/** Every sentence of the screens by its key. */
export type TextKey = keyof typeof frameTexts | keyof typeof problemsTexts | keyof typeof publicTexts | keyof typeof workingTexts;

/** Whether the screens have a sentence of this key. */
export function isTextKey(key: string): key is TextKey {
  return Object.hasOwn(known, key);
}

const STORED = 'tessera.language';

export function isLanguage(value: unknown): value is Language {
  return value === 'en' || value === 'de';
}

/** Starts with the language chosen last, else the browser's. */
export async function startTexts(): Promise<void> {
  const stored = localStorage.getItem(STORED);
  const language = isLanguage(stored) ? stored : navigator.language.startsWith('de') ? 'de' : 'en';
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'en',
    keySeparator: false,
    nsSeparator: false,
    interpolation: { escapeValue: false },
    resources: { en: { translation: textsIn(known, 0) }, de: { translation: textsIn(known, 1) } },
  });
  document.documentElement.lang = language;
}

/** A sentence of the screens in both languages, for what is kept under it. */
export function labelOf(key: TextKey): Label {
  const [en, de] = known[key] ?? [key, key];
  return { en, de };
}

/** Takes up the sentences of a part that is loaded when it is needed; the first page does not wait for them. */
export function addTexts(texts: Sentences): void {
  Object.assign(known, texts);
  i18next.addResourceBundle('en', 'translation', textsIn(texts, 0), true, true);
  i18next.addResourceBundle('de', 'translation', textsIn(texts, 1), true, true);
}

function textsIn(texts: Sentences, position: 0 | 1): Record<string, string> {
  return Object.fromEntries(Object.entries(texts).map(([key, sentence]) => [key, sentence[position]]));
}

/** Changes the language of the screens, and keeps it in this browser. */
export async function chooseLanguage(language: Language): Promise<void> {
  localStorage.setItem(STORED, language);
  await speak(language);
}

/** Changes the language of this page alone. */
export async function speak(language: Language): Promise<void> {
  document.documentElement.lang = language;
  await i18next.changeLanguage(language);
}

/** What a component needs to speak: `t` for the screens' own sentences, `say` for labels of the metadata. */
export type Texts = {
  readonly language: Language;
  readonly t: (key: TextKey, values?: { readonly [name: string]: string | number }) => string;
  readonly say: (label: Label | string | undefined) => string;
};

/** The texts in the reader's language; the same functions until that changes. */
export function useTexts(): Texts {
  const { t, i18n } = useTranslation();
  const language: Language = i18n.language === 'de' ? 'de' : 'en';
  return useMemo(
    () => ({
      language,
      t: (key, values) => t(key, { ...values }),
      say: (label) => (label === undefined ? '' : typeof label === 'string' ? label : (label[language] ?? label.en)),
    }),
    [t, language],
  );
}
