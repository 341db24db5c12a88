import type { Sentence } from './sentence.ts';

const LENGTH_MAX = 60;

/** The known name most like a wrong one, or undefined when none is near: for "did you mean …". */
export function nearest(wrong: string, known: Iterable<string>): string | undefined {
  if (wrong.length > LENGTH_MAX) return undefined;
  const wanted = wrong.toLowerCase();
  let best: { name: string; distance: number } | undefined;
  for (const name of known) {
    const distance = editDistance(wanted, name.toLowerCase());
    if (distance <= Math.max(2, Math.floor(name.length / 3)) && distance < (best?.distance ?? Infinity)) best = { name, distance };
  }
  return best?.name;
}

/** The sentence to append to a refusal of a name: ` Did you mean total?`, or nothing when no known name is near. */
export function didYouMean(wrong: string, known: Iterable<string>): string {
  const found = nearest(wrong, known);
  return found === undefined ? '' : ` Did you mean ${found}?`;
}

/** The same where people read it, who may not speak English. */
export function suggested(wrong: string, known: Iterable<string>): Sentence {
  const found = nearest(wrong, known);
  return found === undefined ? { en: '', de: '' } : { en: ` Did you mean ${found}?`, de: ` Meinten Sie ${found}?` };
}

/** Levenshtein's distance, one row at a time. */
function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, position) => position);
  for (let i = 1; i <= from.length; i++) {
    const next = [i];
    for (let j = 1; j <= to.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (from[i - 1] === to[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}
