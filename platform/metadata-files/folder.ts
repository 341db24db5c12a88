import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isRecord } from '#platform/kernel/is-record.ts';
import { parseJson, plainText } from '#platform/kernel/json.ts';
import { isTemplatePath } from './templates.ts';

/** Files as they travel: content by path. */
export type Files = { readonly [path: string]: unknown };

const FORMAT = 1;
/** The file that says that a folder is an export: without it nothing in a folder is ever removed. */
const MARK = 'tessera.json';
const PATH = /^[a-z][a-z0-9-]{0,40}\/[a-z][a-z0-9_]{0,40}\.json$/;
/** What is text is written as it is: templates. */
const TEXT_ENDING = '.typ';
const BYTES_MAX = 16 * 1024 * 1024;

/** Writes an export into a folder, so that afterwards it holds these files and no earlier ones. Answers how many changed. */
export async function writeFolder(folder: string, files: Files): Promise<{ readonly written: number; readonly removed: number }> {
  const wrong = Object.keys(files).find((path) => !PATH.test(path) && !isTemplatePath(path));
  if (wrong !== undefined)
    throw new Error(`The server names a file "${wrong.slice(0, 80)}", which is no place for one. Nothing was written.`);
  const present = await pathsIn(folder);
  const isExport = (await readFile(join(folder, MARK), 'utf8').catch(() => null)) !== null;
  if (!isExport && present.length > 0)
    throw new Error(`${folder} holds other files. Name an empty folder, or one that was written by an export.`);
  const stale = present.filter((path) => !Object.hasOwn(files, path));
  for (const path of stale) await rm(join(folder, path));
  let written = 0;
  for (const [path, content] of [[MARK, { format: FORMAT }] as const, ...Object.entries(files)]) {
    const text = path.endsWith(TEXT_ENDING) ? plainText(content) : `${JSON.stringify(content, null, 2)}\n`;
    if (await writeChanged(join(folder, path), text)) written += 1;
  }
  return { written, removed: stale.length };
}

async function writeChanged(path: string, text: string): Promise<boolean> {
  if ((await readFile(path, 'utf8').catch(() => null)) === text) return false;
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
  return true;
}

/** Reads the files of a folder that was exported, or of one file that was downloaded in the browser. */
export async function readFiles(place: string): Promise<Files> {
  if (place.endsWith('.json')) {
    const bundle = await readJson(place);
    if (!isRecord(bundle) || bundle['format'] !== FORMAT || !isRecord(bundle['files']))
      throw new Error(`${place} is no export: it has no "format": ${FORMAT} and "files".`);
    return bundle['files'];
  }
  const mark = await readJson(join(place, MARK)).catch(() => null);
  if (!isRecord(mark) || mark['format'] !== FORMAT)
    throw new Error(
      `${place} is no export: there is no ${MARK} with "format": ${FORMAT}. Write one with: npm run metadata -- export --folder ${place}`,
    );
  const paths = await pathsIn(place);
  const read = (path: string): Promise<unknown> => (path.endsWith(TEXT_ENDING) ? readText(path) : readJson(path));
  return Object.fromEntries(await Promise.all(paths.map(async (path) => [path, await read(join(place, path))] as const)));
}

async function readText(path: string): Promise<string> {
  const text = await readFile(path, 'utf8').catch(() => null);
  if (text === null) throw new Error(`${path} is not there or cannot be read.`);
  if (text.length > BYTES_MAX) throw new Error(`${path} is larger than 16 MB.`);
  return text;
}

async function readJson(path: string): Promise<unknown> {
  const text = await readText(path);
  try {
    return parseJson(text);
  } catch (error) {
    throw new Error(`${path} is not JSON: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

/** JSON files and templates one folder deep; whatever is a link is left alone. */
async function pathsIn(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const folders = entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith('.')).map((entry) => entry.name);
  const nested = await Promise.all(
    folders.map(async (name) => {
      const inside = await readdir(join(folder, name), { withFileTypes: true });
      return inside
        .filter((entry) => entry.isFile() && (entry.name.endsWith('.json') || entry.name.endsWith(TEXT_ENDING)))
        .map((entry) => `${name}/${entry.name}`);
    }),
  );
  return nested.flat().sort();
}
