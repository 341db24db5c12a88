import type { Label } from './model.ts';

/** What is said to people, in both languages of the product. Programs branch on codes, never on these. */
export type Sentence = { readonly en: string; readonly de: string };

type Wording = (label: (of: { readonly label: Label }) => string) => string;

/** A sentence in both languages around the labels of what it is about. */
export function sentence(en: Wording, de: Wording): Sentence {
  return { en: en((of) => of.label.en), de: de((of) => of.label.de ?? of.label.en) };
}

/** An English noun with its article, as it sounds: an offer, a user. */
export function withArticle(noun: string): string {
  return /^([aeio]|u(?!s|ni))/i.test(noun) ? `an ${noun}` : `a ${noun}`;
}
