import type { Sentence } from '#platform/kernel/sentence.ts';

type Pattern = readonly [said: RegExp, german: string];

/** What the typesetter says most, in German; `$1` and `$2` are what it names. */
const GERMAN: readonly Pattern[] = [
  [/^unknown variable: (.+)$/, 'Die Variable $1 gibt es nicht'],
  [/^expected (.+), found (.+)$/, 'Hier wird $1 erwartet, da steht aber $2'],
  [/^expected (.+)$/, 'Hier wird $1 erwartet'],
  [/^unexpected argument: (.+)$/, 'Ein Argument $1 gibt es hier nicht'],
  [/^unexpected argument$/, 'Ein Argument ist zu viel'],
  [/^unexpected (.+)$/, '$1 wird hier nicht erwartet'],
  [/^missing argument: (.+)$/, 'Das Argument $1 fehlt'],
  [/^unclosed delimiter$/, 'Eine Klammer ist nicht geschlossen'],
  [/^unclosed (.+)$/, 'Nicht geschlossen: $1'],
  [/^dictionary does not contain key (.+)$/, 'Ein Feld $1 gibt es hier nicht'],
  [/^(.+) does not (?:contain|have) field (.+)$/, '$1 hat kein Feld $2'],
  [/^cannot access fields on type (.+)$/, 'Ein Wert der Art $1 hat keine Felder'],
  [/^type (.+) has no method (.+)$/, 'Ein Wert der Art $1 hat keine Methode $2'],
  [/^type (.+) has no field (.+)$/, 'Ein Wert der Art $1 hat kein Feld $2'],
  [/^cannot add (.+) and (.+)$/, '$1 und $2 lassen sich nicht addieren'],
  [/^cannot subtract (.+) from (.+)$/, '$1 lässt sich nicht von $2 abziehen'],
  [/^cannot multiply (.+) with (.+)$/, '$1 lässt sich nicht mit $2 malnehmen'],
  [/^cannot divide by zero$/, 'Durch null lässt sich nicht teilen'],
  [/^cannot compare (.+) (?:and|with) (.+)$/, '$1 und $2 lassen sich nicht vergleichen'],
  [/^cannot loop over (.+)$/, 'Über $1 lässt sich keine Schleife führen'],
  [/^array index out of bounds.*$/, 'So viele Einträge hat die Liste nicht'],
  [/^label (.+) does not exist in the document$/, 'Die Marke $1 gibt es im Beleg nicht'],
  [/^maximum (?:show rule|function call|layout|grouping|parsing) depth exceeded.*$/, 'Etwas darin ruft sich immer wieder selbst auf'],
  [/^the character (.+) is not valid in code$/, 'Das Zeichen $1 gehört hier nicht hin'],
  [/^assertion failed.*$/, 'Eine Bedingung der Vorlage ist nicht erfüllt'],
  [/^panicked with: (.+)$/, 'Die Vorlage bricht selbst ab: $1'],
  [/^it could not be (?:read|printed)$/i, 'Sie lässt sich nicht lesen'],
];

/** What it names in code. */
const NOUNS: { readonly [noun: string]: string } = {
  expression: 'ein Ausdruck',
  identifier: 'ein Name',
  block: 'ein Block',
  body: 'ein Inhalt',
  comma: 'ein Komma',
  colon: 'ein Doppelpunkt',
  semicolon: 'ein Strichpunkt',
  'equals sign': 'ein Gleichheitszeichen',
  'opening paren': 'eine öffnende Klammer',
  'closing paren': 'eine schließende Klammer',
  'opening bracket': 'eine öffnende eckige Klammer',
  'closing bracket': 'eine schließende eckige Klammer',
  'closing brace': 'eine schließende geschweifte Klammer',
  'end of block': 'das Ende des Blocks',
  'semicolon or line break': 'ein Strichpunkt oder Zeilenumbruch',
  'end of file': 'das Ende der Vorlage',
  string: 'ein Text',
  integer: 'eine ganze Zahl',
  float: 'eine Kommazahl',
  boolean: 'wahr oder falsch',
  content: 'Inhalt',
  array: 'eine Liste',
  dictionary: 'ein Wörterbuch',
  none: 'nichts',
  auto: 'auto',
  length: 'eine Länge',
  function: 'eine Funktion',
  'raw text': 'wörtlicher Text',
  label: 'eine Marke',
};

/** What the typesetter says of a template, as a sentence in both languages; what has no German yet is quoted as English. */
export function typstWords(message: string): Sentence {
  const en = sentenceOf(message);
  const [said, german] = GERMAN.find(([pattern]) => pattern.test(message)) ?? [];
  if (!said || german === undefined) return { en, de: `Der Setzer meldet auf Englisch: „${en}“` };
  const parts = said.exec(message) ?? [];
  return { en, de: sentenceOf(german.replaceAll(/\$(\d)/g, (_place, at: string) => named(parts[Number(at)] ?? ''))) };
}

function named(part: string): string {
  return (
    NOUNS[part] ??
    part
      .split(/,? or |, /)
      .map((one) => NOUNS[one] ?? one)
      .join(' oder ')
  );
}

function sentenceOf(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
