import { RE2JS } from 're2js';
import type { Sentence } from '#platform/kernel/sentence.ts';

/**
 * A compiled pattern in RE2 syntax: linear time whatever it is and whatever it reads, so a pattern that an administrator
 * types cannot hold up the process (CWE-1333).
 */
export type Pattern = { readonly test: (text: string) => boolean; readonly toString: () => string };

const KEPT_MAX = 500;
const kept = new Map<string, Pattern>();

/**
 * Compiles a pattern; throws with RE2's own words when the syntax is wrong or not supported (look-around, back references). The same
 * few patterns stand in the schemas of many objects, so what was compiled is kept.
 */
function compilePattern(source: string): Pattern {
  const known = kept.get(source);
  if (known) return known;
  const compiled = RE2JS.compile(source);
  const pattern: Pattern = { test: (text) => compiled.test(text), toString: () => source };
  if (kept.size >= KEPT_MAX) kept.clear();
  kept.set(source, pattern);
  return pattern;
}

/** What is wrong with a pattern, as the middle of a sentence in both languages; null when nothing is. */
export function patternProblem(source: string): Sentence | null {
  try {
    RE2JS.compile(source);
    return null;
  } catch (error) {
    const [, told = '', part = ''] = /^error parsing regexp: (.*?)(?:: (`.*))?$/s.exec(error instanceof Error ? error.message : '') ?? [];
    const at = part === '' ? '' : ` (${part.slice(0, 80)})`;
    if (told === '') return { en: 'it cannot be read', de: 'es lässt sich nicht lesen' };
    return { en: `${told}${at}`, de: `${GERMAN[told] ?? 'es lässt sich nicht lesen'}${at}` };
  }
}

/** What RE2 says, in German. */
const GERMAN: { readonly [told: string]: string } = {
  'duplicate capture group name': 'zwei Gruppen heißen gleich',
  'expression nests too deeply': 'es ist zu tief verschachtelt',
  'expression too large': 'es ist zu groß',
  'invalid character class range': 'einen solchen Bereich von Zeichen gibt es nicht',
  'invalid escape sequence': 'nach dem umgekehrten Schrägstrich steht etwas Unbekanntes',
  'invalid named capture': 'eine Gruppe hat keinen gültigen Namen',
  'invalid nested repetition operator': 'zwei Wiederholungen folgen aufeinander',
  'invalid or unsupported Perl syntax': 'diese Schreibweise gibt es hier nicht',
  'invalid repeat count': 'so oft lässt sich nichts wiederholen',
  'missing argument to repetition operator': 'vor der Wiederholung fehlt, was wiederholt wird',
  'missing closing )': 'eine schließende Klammer ) fehlt',
  'missing closing ]': 'eine schließende Klammer ] fehlt',
  'trailing backslash at end of expression': 'am Ende steht ein umgekehrter Schrägstrich',
  'unexpected )': 'eine schließende Klammer ) ist zu viel',
};

/** The engine ajv takes for the `pattern` keyword. ajv tells patterns apart by their text, so `toString` must be the source. */
export const re2Engine = Object.assign((source: string): Pattern => compilePattern(source), {
  code: 'require("re2js")',
});
