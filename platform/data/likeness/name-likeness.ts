/** Legal forms and what stands between words: two companies that differ in these alone have the same name. */
const FORMS = new Set(
  'ag bv co company corp e ek eg ev gbr gmbh haftungsbeschrankt inc kg kgaa limited llc llp ltd mbh nv ohg ohne oy plc pty sa sarl sas se srl spa und and ug v'.split(
    ' ',
  ),
);

/** The words of a name that tell one from another, folded, in order. */
export function nameWords(name: string): readonly string[] {
  const folded = name
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replaceAll(/(ae)|(oe)|(ue)/g, (pair) => pair[0] ?? '');
  const words = folded.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
  const telling = words.filter((word) => !FORMS.has(word));
  return telling.length > 0 ? telling : words;
}

/** How alike two names are, from 0 to 1: the share of letter pairs that both have (Dice), whatever the order of their words. */
export function nameLikeness(one: string, other: string): number {
  const [left, right] = [one, other].map((name) => nameWords(name).toSorted().join(' '));
  if (!left || !right) return 0;
  if (left === right) return 1;
  const pairs = pairsOf(left);
  const others = pairsOf(right);
  const total = pairs.length + others.length;
  if (total === 0) return 0;
  const open = new Map<string, number>();
  for (const pair of others) open.set(pair, (open.get(pair) ?? 0) + 1);
  let common = 0;
  for (const pair of pairs) {
    const count = open.get(pair) ?? 0;
    if (count > 0) common += 1;
    open.set(pair, count - 1);
  }
  return (2 * common) / total;
}

function pairsOf(text: string): readonly string[] {
  return Array.from({ length: Math.max(0, text.length - 1) }, (_none, at) => text.slice(at, at + 2));
}
