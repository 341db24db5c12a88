/** Headers by their names in small letters, the first of each name, unfolded. */
export type Headers = ReadonlyMap<string, string>;

/** A part of a mail that has no parts of its own: its type, and what stands in it. */
export type MimePart = { readonly type: string; readonly content: string };

const HEADER_LINES_MAX = 500;
const LINE_MAX = 2_000;
const PARTS_MAX = 50;
const DEPTH_MAX = 4;

/** The headers at the beginning of a text, and what stands behind the empty line that ends them. */
export function headersOf(text: string): { readonly headers: Headers; readonly rest: string } {
  const end = /\r?\n\r?\n/.exec(text);
  const head = end ? text.slice(0, end.index) : text;
  const headers = new Map<string, string>();
  let name = '';
  for (const line of head.split(/\r?\n/, HEADER_LINES_MAX).map((one) => one.slice(0, LINE_MAX))) {
    if (/^[ \t]/.test(line)) {
      if (name !== '') headers.set(name, `${headers.get(name) ?? ''} ${line.trim()}`.slice(0, LINE_MAX));
      continue;
    }
    const colon = line.indexOf(':');
    const found = line.slice(0, Math.max(colon, 0)).trim().toLowerCase();
    // What is said twice counts as it was said first.
    name = headers.has(found) ? '' : found;
    if (name !== '') headers.set(name, line.slice(colon + 1).trim());
  }
  return { headers, rest: end ? text.slice(end.index + end[0].length) : '' };
}

/**
 * The parts of a mail (RFC 2045, RFC 2046), those of parts among them; a mail within it is a part and not opened. There is an end to how many are read and how deep they
 * stand in one another, and each character is looked at a few times at most.
 */
export function partsOf({ headers, rest }: { readonly headers: Headers; readonly rest: string }): readonly MimePart[] {
  const parts: MimePart[] = [];
  gather(parts, { headers, rest }, 0);
  return parts;
}

function gather(parts: MimePart[], { headers, rest }: { readonly headers: Headers; readonly rest: string }, depth: number): void {
  if (parts.length >= PARTS_MAX) return;
  const said = headers.get('content-type') ?? 'text/plain';
  const type = (said.split(';', 1)[0] ?? '').trim().toLowerCase();
  const boundary = /;\s*boundary\s*=\s*(?:"([^"]{1,200})"|([^\s;"]{1,200}))/i.exec(said);
  if (!type.startsWith('multipart/')) return void parts.push({ type, content: decoded(rest, headers.get('content-transfer-encoding')) });
  if (!boundary || depth >= DEPTH_MAX) return;
  for (const piece of piecesOf(rest, boundary[1] ?? boundary[2] ?? '')) gather(parts, headersOf(piece), depth + 1);
}

/** What stands between the lines that are a boundary. */
function piecesOf(text: string, boundary: string): readonly string[] {
  const mark = `\n--${boundary}`;
  const whole = `\n${text}`;
  const pieces: string[] = [];
  let from = -1;
  for (let at = whole.indexOf(mark); at >= 0 && pieces.length < PARTS_MAX; at = whole.indexOf(mark, at + mark.length)) {
    if (from >= 0) pieces.push(whole.slice(from, at));
    if (whole.startsWith('--', at + mark.length)) return pieces;
    const line = whole.indexOf('\n', at + mark.length);
    if (line < 0) return pieces;
    from = line + 1;
  }
  if (from >= 0 && pieces.length < PARTS_MAX) pieces.push(whole.slice(from));
  return pieces;
}

function decoded(content: string, encoding = ''): string {
  if (/base64/i.test(encoding)) return Buffer.from(content, 'base64').toString('latin1');
  if (!/quoted-printable/i.test(encoding)) return content;
  return content
    .replaceAll(/=\r?\n/g, '')
    .replaceAll(/=([0-9A-F]{2})/gi, (_, digits: string) => String.fromCodePoint(Number.parseInt(digits, 16)));
}
