/** Legal forms that people leave out, in the words in which they end a name. */
const LEGAL_FORMS =
  /\b(?:gmbh|mbh|ag|kg|ohg|gbr|ug|se|ev|ek|co|cie|inc|llc|ltd|limited|corp|plc|sarl|sas|sa|srl|spa|bv|nv|oy|ab|as|aps|doo|sro|kft|sp z oo)\b/g;

/** The name of a company without case, accents, punctuation and legal form: `Müller & Co. KG` is `muller`. */
export function bareName(name: string): string {
  const plain = name.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase().replaceAll('.', '');
  const words = plain.replaceAll(/[^\p{L}\p{N}]+/gu, ' ').trim();
  return words.replaceAll(LEGAL_FORMS, ' ').replaceAll(/\s+/g, ' ').trim() || words;
}

/** How a name begins in lists: its first word, for names that may be the same. */
export function firstWord(name: string): string {
  return name.trim().split(/\s+/)[0] ?? '';
}
