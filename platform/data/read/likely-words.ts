import type { ObjectDefinition } from '#platform/kernel/model.ts';
import { typedWords } from '../search.ts';
import type { ReadSource } from './source.ts';

const CANDIDATES_MAX = 40;
const TAKEN_MAX = 4;
/** Shorter words differ by one letter from too many others. */
const LETTERS_MIN = 4;
/** As many letters of a word have keys. */
const BEGINNING = 7;

/** The tsquery text for what somebody probably meant: each word typed that no title has, as the words of titles that differ from it by a letter or two. Null where there are none. */
export async function likelyQuery(source: ReadSource, object: ObjectDefinition, typed: string): Promise<string | null> {
  const words = typedWords(typed);
  const doubtful = words.filter((word) => word.length >= LETTERS_MIN);
  if (doubtful.length === 0) return null;
  const meant = new Map<string, readonly string[]>();
  for (const word of doubtful) meant.set(word, await candidates(source, object, word));
  if (doubtful.every((word) => (meant.get(word) ?? []).length === 0)) return null;
  const parts = words.map((word) => {
    const others = meant.get(word) ?? [];
    return others.length === 0 ? `'${word}':*` : `(${others.map((other) => (other === word ? `'${word}':*` : `'${other}'`)).join(' | ')})`;
  });
  return parts.join(' & ');
}

async function candidates(source: ReadSource, object: ObjectDefinition, word: string): Promise<readonly string[]> {
  const rows = await source.query({
    // Apart, so that the planner does not go through all words in their order for the sake of the limit.
    text: `with near as materialized (select word from platform.word where object = $1 and keys && platform.word_keys($2))
      select distinct word from near limit ${CANDIDATES_MAX}`,
    values: [object.name, word],
  });
  const ranked = rows.map(([other]) => ({ other: other ?? '', distance: distanceToBeginning(word, other ?? '') }));
  // Words that begin as typed are found as they are.
  if (ranked.some(({ distance }) => distance === 0)) return [word];
  return ranked
    .filter(({ distance }) => distance <= (word.length >= BEGINNING ? 2 : 1))
    .toSorted((left, right) => left.distance - right.distance || left.other.length - right.other.length)
    .slice(0, TAKEN_MAX)
    .map(({ other }) => other);
}

/** How many letters lie between what was typed and the beginning of a word that fits best; two that are swapped are one (optimal string alignment). */
export function distanceToBeginning(typed: string, word: string): number {
  const rows: number[][] = [Array.from({ length: word.length + 1 }, (_none, at) => at)];
  for (let i = 1; i <= typed.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= word.length; j += 1) {
      const isSame = typed[i - 1] === word[j - 1];
      const isSwapped = i > 1 && j > 1 && typed[i - 1] === word[j - 2] && typed[i - 2] === word[j - 1];
      const before = (up: number, left: number): number => rows[i - up]?.[j - left] ?? 0;
      const best = Math.min(before(1, 0) + 1, (row[j - 1] ?? 0) + 1, before(1, 1) + (isSame ? 0 : 1));
      row.push(isSwapped ? Math.min(best, before(2, 2) + 1) : best);
    }
    rows.push(row);
  }
  return Math.min(...(rows.at(-1) ?? [0]));
}
