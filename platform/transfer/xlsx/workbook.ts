import { CELL_MAX } from '../csv-file.ts';
import { openArchive, readWhole, type Archive } from './archive.ts';
import { numberKind, type NumberKind } from './number-format.ts';
import { damaged } from './xml-events.ts';

/** What stands around the sheets of a spreadsheet: their names, and what the numbers in their cells refer to. */
export type Workbook = {
  readonly archive: Archive;
  /** In the order of their tabs; `path` is the part of the archive. */
  readonly sheets: readonly { readonly name: string; readonly path: string }[];
  readonly is1904: boolean;
  /** The kind of each cell style. */
  readonly kinds: readonly NumberKind[];
  /** The texts that cells share. */
  readonly texts: readonly string[];
};

const TEXTS_MOST = 2_000_000;
const CHARACTERS_MOST = 100_000_000;
const SHEETS_MOST = 1_000;
/** Parts that a part refers to, and styles of cells: a spreadsheet program itself stops at 65,490 styles. */
const LISTED_MOST = 65_536;

/** Opens a spreadsheet and reads all of it but its sheets. Refuses what is none, and one whose shared texts do not fit into memory. */
export async function openWorkbook(content: Buffer): Promise<Workbook> {
  const archive = await openArchive(content);
  const main =
    (await targetsOf(archive, '_rels/.rels', '')).find(({ type }) => type.endsWith('/officeDocument'))?.path ?? 'xl/workbook.xml';
  if (!archive.has(main)) throw damaged({ en: 'it is no XLSX file', de: 'sie ist keine XLSX-Datei' });
  const folder = main.slice(0, main.lastIndexOf('/') + 1);
  const targets = await targetsOf(archive, `${folder}_rels/${main.slice(folder.length)}.rels`, folder);
  const { named, is1904 } = await mainOf(archive, main);
  const sheets = named.flatMap(({ name, id }) => {
    const target = targets.find((one) => one.id === id);
    return target && target.type.endsWith('/worksheet') ? [{ name, path: target.path }] : [];
  });
  if (sheets.length === 0) throw damaged({ en: 'it has no sheet', de: 'sie hat kein Blatt' });
  const pathOf = (kind: string): string => targets.find(({ type }) => type.endsWith(`/${kind}`))?.path ?? '';
  const texts = await textsOf(archive, pathOf('sharedStrings'));
  return { archive, sheets, is1904, kinds: await kindsOf(archive, pathOf('styles')), texts };
}

type Target = { readonly id: string; readonly type: string; readonly path: string };

async function targetsOf(archive: Archive, name: string, folder: string): Promise<readonly Target[]> {
  const targets: Target[] = [];
  await readWhole(archive, name, {
    open: (tag, { Id: id = '', Type: type = '', Target: target = '' }) => {
      if (targets.length > LISTED_MOST) throw damaged({ en: 'it refers to too many parts', de: 'sie verweist auf zu viele Teile' });
      if (tag === 'Relationship') targets.push({ id, type, path: target.startsWith('/') ? target.slice(1) : folder + target });
    },
  });
  return targets;
}

async function mainOf(archive: Archive, main: string) {
  const named: { readonly name: string; readonly id: string }[] = [];
  let is1904 = false;
  await readWhole(archive, main, {
    open: (tag, attributes) => {
      if (tag === 'workbookPr') is1904 = ['1', 'true'].includes(attributes['date1904'] ?? '');
      if (tag !== 'sheet' || named.length >= SHEETS_MOST) return;
      const id = Object.entries(attributes).find(([name]) => name.endsWith(':id'))?.[1] ?? '';
      named.push({ name: attributes['name'] ?? '', id });
    },
  });
  return { named, is1904 };
}

async function kindsOf(archive: Archive, path: string): Promise<readonly NumberKind[]> {
  const codes = new Map<number, string>();
  const kinds: NumberKind[] = [];
  let isCells = false;
  await readWhole(archive, path, {
    open: (tag, { numFmtId: id = '0', formatCode }) => {
      if (tag === 'cellXfs') isCells = true;
      if (kinds.length > LISTED_MOST || codes.size > LISTED_MOST)
        throw damaged({ en: 'it has too many styles', de: 'sie hat zu viele Formate' });
      if (tag === 'numFmt' && formatCode !== undefined) codes.set(Number(id), formatCode);
      if (tag === 'xf' && isCells) kinds.push(numberKind(Number(id), codes.get(Number(id))));
    },
    close: (tag) => {
      if (tag === 'cellXfs') isCells = false;
    },
  });
  return kinds;
}

async function textsOf(archive: Archive, path: string): Promise<readonly string[]> {
  const texts: string[] = [];
  let characters = 0;
  let current = '';
  let isText = false;
  let phonetic = 0;
  await readWhole(archive, path, {
    open: (tag) => {
      if (tag === 'si') current = '';
      if (tag === 'rPh') phonetic += 1;
      isText = tag === 't' && phonetic === 0;
    },
    text: (text) => {
      if (isText) current += text;
      if (current.length > CELL_MAX) throw damaged({ en: 'a text in it is too long', de: 'ein Text darin ist zu lang' });
    },
    close: (tag) => {
      isText = false;
      if (tag === 'rPh') phonetic -= 1;
      if (tag !== 'si') return;
      texts.push(unescaped(current));
      characters += current.length;
      if (texts.length > TEXTS_MOST || characters > CHARACTERS_MOST)
        throw damaged({ en: 'it has too many different texts', de: 'sie hat zu viele verschiedene Texte' });
    },
  });
  return texts;
}

/** Characters that XML does not take are written as `_x000D_`. */
export function unescaped(text: string): string {
  return text.includes('_x')
    ? text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    : text;
}
