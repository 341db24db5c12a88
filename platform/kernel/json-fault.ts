import type { Sentence } from './sentence.ts';

type Kind = readonly [said: RegExp, en: string, de: string];

/** What V8 says of a text that is no JSON, as beginnings of our own words. `$1` is what it quotes. */
const KINDS: readonly Kind[] = [
  [/^Unterminated string/, 'a text in it is not closed', 'ein Text darin ist nicht geschlossen'],
  [/^Unexpected end/, 'it ends too early', 'es endet zu früh'],
  [
    /^Bad control character/,
    'a text in it has a line break or another control character',
    'ein Text darin enthält einen Zeilenumbruch oder ein anderes Steuerzeichen',
  ],
  [
    /^Bad (?:escaped character|Unicode escape)/,
    'what follows a backslash is not known',
    'nach einem umgekehrten Schrägstrich steht etwas Unbekanntes',
  ],
  [/after JSON/, 'something follows after its end', 'nach seinem Ende steht noch etwas'],
  [
    /property name or '}'/,
    'a name in double quotes or a } is expected',
    'ein Name in doppelten Anführungszeichen oder eine } wird erwartet',
  ],
  [/^Expected double-quoted property name/, 'a name in double quotes is expected', 'ein Name in doppelten Anführungszeichen wird erwartet'],
  [/^Expected '(.)' or '(.)'/, 'a $1 or a $2 is expected', '$1 oder $2 wird erwartet'],
  [/^Expected '(.)'/, 'a $1 is expected', '$1 wird erwartet'],
  [/^Unexpected token '(.*?)',? /su, '$1 is not expected', '$1 wird nicht erwartet'],
];
const UNREAD: Kind = [/$/, 'it cannot be read', 'es lässt sich nicht lesen'];

/** Why a text is no JSON, in both languages and as the end of a sentence: what is wrong, and in which line and column as far as the engine tells. */
export function jsonFault(text: string, error: unknown): Sentence {
  const told = error instanceof Error ? error.message : '';
  const [kind, en, de] = KINDS.find(([said]) => said.test(told)) ?? UNREAD;
  const parts = kind.exec(told) ?? [];
  const filled = (words: string): string => words.replaceAll(/\$(\d)/g, (_place, at: string) => parts[Number(at)] ?? '');
  const position = /at position (\d+)/.exec(told)?.[1];
  if (position === undefined) return { en: filled(en), de: filled(de) };
  const before = text.slice(0, Number(position)).split('\n');
  const [line, column] = [before.length, (before.at(-1)?.length ?? 0) + 1];
  return { en: `${filled(en)} in line ${line}, column ${column}`, de: `${filled(de)} in Zeile ${line}, Spalte ${column}` };
}
