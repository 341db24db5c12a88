import type { DunningLevel } from '#metadata/records.gen.ts';
import { faultAt, invalidValues } from '#platform/kernel/errors.ts';

/** The words that letters fill in, as they stand in braces. */
export const LETTER_WORDS = ['customer', 'company', 'date', 'deadline', 'outstanding', 'interest', 'fee', 'total'] as const;

/** What letters fill in: days and amounts are written in the letter's language. */
export type LetterWords = { readonly [word in (typeof LETTER_WORDS)[number]]: string };

const WORD = /\{([^{}]*)\}/g;
const TEXTS = ['subjectEn', 'textEn', 'subjectDe', 'textDe'] as const;

/** Subject and text of a letter in its language, or in the other one where the level has none in that. */
export function letterOf(
  level: DunningLevel,
  language: 'en' | 'de',
  words: LetterWords,
): { readonly subject: string; readonly text: string } {
  const isGerman = language === 'de';
  const [subject, otherSubject] = isGerman ? [level.subjectDe, level.subjectEn] : [level.subjectEn, level.subjectDe];
  const [text, otherText] = isGerman ? [level.textDe, level.textEn] : [level.textEn, level.textDe];
  return { subject: filled(subject ?? otherSubject ?? '', words), text: filled(text ?? otherText ?? '', words) };
}

/** Refuses texts with words in braces that no letter fills in. */
export function refuseUnknownWords(level: Pick<DunningLevel, (typeof TEXTS)[number]>): void {
  const errors = TEXTS.flatMap((field) =>
    [...(level[field] ?? '').matchAll(WORD)].flatMap(([given, word]) => {
      if (isWord(word)) return [];
      const known = LETTER_WORDS.map((one) => `{${one}}`).join(', ');
      const said = {
        en: `Letters have no ${given}; they fill in ${known}.`,
        de: `Briefe kennen ${given} nicht; eingesetzt werden ${known}.`,
      };
      return [faultAt({ pointer: `/${field}`, field, rule: 'unknownWord' }, said)];
    }),
  );
  if (errors.length > 0) throw invalidValues(errors);
}

/** An amount with its currency, as the language writes it. */
export function moneyText(amount: string, currency: string, language: string): string {
  return new Intl.NumberFormat(language, { style: 'currency', currency }).format(Number(amount));
}

/** A day as the language writes it. */
export function dayText(day: string, language: string): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`));
}

function filled(text: string, words: LetterWords): string {
  return text.replaceAll(WORD, (given, word: string) => (isWord(word) ? words[word] : given));
}

function isWord(word: string | undefined): word is keyof LetterWords {
  return LETTER_WORDS.some((one) => one === word);
}
