import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { JsonSchema } from '#platform/kernel/field-types/field-type.ts';
import { trusted } from '#platform/kernel/seam.ts';
import { compileSchemas, type CheckSchema } from './schema-compiler.ts';
import { schemaProblems } from './definition-errors.ts';
import { nearest } from '#platform/kernel/nearest.ts';

/** One thing wrong in a file: `where` is the file from the metadata folder on, with a JSON pointer. */
export type FileProblem = { readonly file: string; readonly pointer: string; readonly message: string };

/** The parsed files of one object; what is not there is undefined. */
export type ObjectFiles = {
  readonly folder: string;
  readonly object: unknown;
  readonly layouts?: unknown;
  readonly views?: unknown;
  readonly access?: unknown;
  readonly labels?: unknown;
  readonly seed?: unknown;
};

/** Everything under the metadata folder, parsed and checked against its schemas, and what was wrong with it. */
export type StandardFiles = {
  readonly objects: readonly ObjectFiles[];
  readonly roles: unknown;
  readonly problems: readonly FileProblem[];
};

const KINDS = {
  'object.json': 'object',
  'layouts.json': 'layouts',
  'views.json': 'views',
  'access.json': 'access',
  'labels.de.json': 'labels',
  'seed.json': 'seed',
} as const;
const SCHEMA_FOLDER = join(import.meta.dirname, '..', '..', 'metadata', 'schema');

/** Reads `<folder>/<module>/<object>/*.json` in a stable order. Nothing is thrown for what a file says; unreadable folders are bugs. */
export async function readStandardFiles(folder: string): Promise<StandardFiles> {
  const schemas = await readSchemas();
  const problems: FileProblem[] = [];
  const objects: ObjectFiles[] = [];
  for (const module of await folders(folder)) {
    if (module === 'schema') continue;
    for (const object of await folders(join(folder, module))) {
      const read = await readObjectFolder(folder, `${module}/${object}`, schemas);
      problems.push(...read.problems);
      if (read.files) objects.push(read.files);
    }
  }
  const roles = await readJson(folder, 'platform/roles.json', schemas.get('roles'));
  return {
    objects,
    roles: roles.value,
    problems: [...problems, ...roles.problems.filter((one) => !one.message.startsWith('is missing'))],
  };
}

async function readObjectFolder(
  root: string,
  path: string,
  schemas: ReadonlyMap<string, CheckSchema>,
): Promise<{ files?: ObjectFiles; problems: readonly FileProblem[] }> {
  const names = (await readdir(join(root, path))).filter((name) => name.endsWith('.json')).sort();
  const known = Object.keys(KINDS);
  const problems: FileProblem[] = names
    .filter((name) => !known.includes(name))
    .map((name) => ({
      file: `${path}/${name}`,
      pointer: '',
      message: `is no file of an object; did you mean ${nearest(name, known) ?? known.join(', ')}?`,
    }));
  const parts: Record<string, unknown> = {};
  for (const [name, kind] of Object.entries(KINDS)) {
    if (name !== 'object.json' && !names.includes(name)) continue;
    const read = await readJson(root, `${path}/${name}`, schemas.get(kind));
    problems.push(...read.problems);
    parts[kind] = read.value;
  }
  return problems.length > 0 ? { problems } : { files: { folder: path, object: parts['object'], ...parts }, problems };
}

async function readJson(
  root: string,
  file: string,
  check: CheckSchema | undefined,
): Promise<{ value?: unknown; problems: readonly FileProblem[] }> {
  const text = await readFile(join(root, file), 'utf8').catch(() => null);
  if (text === null) return { problems: [{ file, pointer: '', message: 'is missing or cannot be read' }] };
  try {
    const value: unknown = JSON.parse(text);
    const problems = check ? schemaProblems(check(value), []).map((one) => ({ file, pointer: one.pointer, message: one.message })) : [];
    return { value, problems };
  } catch (error) {
    return {
      problems: [{ file, pointer: '', message: `is not JSON: ${error instanceof Error ? error.message : String(error)}` }],
    };
  }
}

async function folders(path: string): Promise<readonly string[]> {
  const entries = await readdir(path, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

/** The schemas of the kinds of files, compiled together so that one may refer to another by its file name. */
async function readSchemas(): Promise<ReadonlyMap<string, CheckSchema>> {
  const names = (await readdir(SCHEMA_FOLDER)).filter((name) => name.endsWith('.schema.json')).sort();
  const files = await Promise.all(
    names.map(async (name) => [name, trusted<JsonSchema>(JSON.parse(await readFile(join(SCHEMA_FOLDER, name), 'utf8')))] as const),
  );
  const compiled = compileSchemas(new Map(files));
  return new Map([...compiled].map(([name, check]) => [name.replace('.schema.json', ''), check]));
}
