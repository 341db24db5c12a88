/** What both engines read alike: literals, groups, classes, repetitions. Shorthands are written out, for PostgreSQL's know other alphabets too. */
const TOKENS =
  /\\[dws]|\\[^a-zA-Z0-9]|\((?!\?)|\(\?:|\[\^?\]?(?:\\[dws]|\\[^a-zA-Z0-9]|[^\\\][-]|[a-zA-Z0-9]-[a-zA-Z0-9]|-(?=\]))+\]|[^\\([\]?*+{}]|\{\d{1,3}(?:,\d{0,3})?\}|[?*+]/y;
const SHORTHANDS: { readonly [shorthand: string]: string } = { '\\d': '0-9', '\\w': 'a-zA-Z0-9_', '\\s': '\\t\\n\\f\\r ' };
const REPETITION_MAX = 255;

/**
 * A pattern in RE2 syntax as PostgreSQL reads it; null where it has something that the two may understand differently. There nothing is counted
 * rather than something wrong.
 */
export function postgresPattern(source: string): string | null {
  let made = '';
  TOKENS.lastIndex = 0;
  while (TOKENS.lastIndex < source.length) {
    const token = TOKENS.exec(source)?.[0];
    if (token === undefined || isTooMany(token)) return null;
    made += written(token);
  }
  const bare = made.replaceAll(/\\.|\[[^\]]*\]/g, '');
  if (!bare.includes('.')) return made;
  // Partly newline-sensitive, as RE2 is: a dot is any character but the end of a line. What a class excludes would then be so too.
  return made.includes('[^') ? null : `(?p)${made}`;
}

function isTooMany(token: string): boolean {
  return token.startsWith('{') && (token.match(/\d+/g) ?? []).some((count) => Number(count) > REPETITION_MAX);
}

function written(token: string): string {
  if (token.startsWith('[')) return token.replaceAll(/\\[dws]/g, (shorthand) => SHORTHANDS[shorthand] ?? shorthand);
  const alphabet = SHORTHANDS[token];
  return alphabet === undefined ? token : `[${alphabet}]`;
}
