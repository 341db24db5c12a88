/** People who were picked in a comment, by the name that stands in its text. */
export type Picked = ReadonlyMap<string, string>;

const MENTION = /\[@([^\]\n]{1,200})\]\(user:([0-9a-f-]{36})\)/gi;

/** What somebody reads and changes: `@Ana Weber` for `[@Ana Weber](user:0198…)`, and who that is. */
export function readable(text: string): { readonly text: string; readonly picked: Picked } {
  const picked = new Map([...text.matchAll(MENTION)].map(([, name = '', id = '']) => [name, id] as const));
  return { text: text.replace(MENTION, '@$1'), picked };
}

/** What is sent: the names of those who were picked become links to them, the longest first, for one name may begin another. */
export function withMentions(text: string, picked: Picked): string {
  const names = [...picked.keys()].toSorted((left, right) => right.length - left.length);
  if (names.length === 0) return text;
  const pattern = new RegExp(`@(${names.map((name) => name.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&')).join('|')})(?![\\p{L}\\p{N}])`, 'gu');
  return text.replace(pattern, (_whole, name: string) => `[@${name}](user:${picked.get(name) ?? ''})`);
}

/** The name as it may stand in a mention: without what would end it. */
export function mentionable(name: string): string {
  return name.replaceAll(/[[\]\n\\]/g, ' ').trim();
}

/** What is being typed behind an @ that begins a word, before the caret; null when nothing is. */
export function typedMention(text: string, caret: number): string | null {
  return /(?:^|[\s(])@([\p{L}\p{N}][\p{L}\p{N}.\-' ]{0,40}|)$/u.exec(text.slice(0, caret))?.[1] ?? null;
}
