const NEEDS_QUOTES = /[,;|]|^\s|\s$|^"|^$/;
/** An entry in quotation marks, as the whole of what stands up to the next separator. */
const QUOTED = /\s*"((?:[^"]|"")*)"\s*(?=[,;|]|$)/y;
const BARE = /[^,;|]*/y;

/** Several texts in one cell, with commas between; one that has a separator in it stands in quotation marks, as cells do in CSV (RFC 4180). */
export function listCell(texts: readonly string[]): string {
  return texts.map((text) => (NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text)).join(',');
}

/** The texts of such a cell, which a comma, a semicolon or a bar parts. A quotation mark in the midst of a text is one. */
export function listIn(cell: string): readonly string[] {
  const texts: string[] = [];
  for (let at = 0; at <= cell.length; at += 1) {
    QUOTED.lastIndex = at;
    BARE.lastIndex = at;
    const quoted = QUOTED.exec(cell);
    const bare = quoted ? null : BARE.exec(cell);
    texts.push(quoted ? (quoted[1] ?? '').replaceAll('""', '"') : (bare?.[0] ?? '').trim());
    at = quoted ? QUOTED.lastIndex : BARE.lastIndex;
  }
  return texts;
}
