import { Refusal } from '#platform/kernel/errors.ts';
import { isRecord } from '#platform/kernel/is-record.ts';
import { isList, plainText } from '#platform/kernel/json.ts';
import { trusted } from '#platform/kernel/seam.ts';
import { escapePointer, problem, refuseProblems, schemaProblems, under, type Problem } from '#platform/metadata/definition-errors.ts';
import { fileSchemas } from '#platform/metadata/file-schemas.ts';
import { compileSchemas, type CheckSchema } from '#platform/metadata/schema-compiler.ts';
import { unstorable } from '#platform/metadata/text-check.ts';
import { pathOf, type CustomisedFile, type CustomisedFiles } from './customised-file.ts';
import { isListPath, listPlaceProblems, type ListFile, type ListFiles } from './list-files.ts';

/** What is sent: the files of objects and of lists, and what of the target may go for it. */
export type SentFiles = { readonly files: CustomisedFiles; readonly lists: ListFiles; readonly deletions: ReadonlySet<string> };

const FILES_MAX = 1_000;
const DELETIONS_MAX = 1_000;
const PATH = /^[a-z][a-z0-9-]{0,40}\/[a-z][a-z0-9_]{0,40}\.json$/;
/** Names that every JavaScript object has; as keys of data they are nobody's settings. */
const FORBIDDEN: readonly string[] = ['__proto__', 'constructor', 'prototype'];

/** Reads `{files: {path: content}, delete?: […]}`: each file against its schema and at its place. What files mean together is seen later. */
export function readFiles(body: unknown): SentFiles {
  const sent = isRecord(body) ? body : {};
  const extra = Object.keys(sent).find((name) => !['format', 'files', 'delete', 'version'].includes(name));
  if (extra !== undefined)
    throw new Refusal('unknown_name', `There is no "${extra.slice(0, 80)}" here: send format, files, delete and version.`);
  if (sent['format'] !== 1)
    throw new Refusal('malformed_request', 'Send "format": 1, which is what an export has. Another number comes from another release.');
  const { files } = sent;
  if (!isRecord(files)) throw new Refusal('malformed_request', 'Send "files": the content of each file by its path.');
  const entries = Object.entries(files);
  if (entries.length > FILES_MAX) throw new Refusal('limit_reached', `At most ${FILES_MAX} files are taken at once.`);
  refuseProblems(entries.flatMap(([path, content]) => fileProblems(path, content)));
  // The schema of files has just checked each of them.
  return {
    files: new Map(entries.filter(([path]) => !isListPath(path)).map(([path, content]) => [path, trusted<CustomisedFile>(content)])),
    lists: new Map(entries.filter(([path]) => isListPath(path)).map(([path, content]) => [path, trusted<ListFile>(content)])),
    deletions: readDeletions(sent['delete']),
  };
}

function readDeletions(list: unknown): ReadonlySet<string> {
  if (list === undefined) return new Set();
  if (!isList(list) || list.length > DELETIONS_MAX || !list.every((one): one is string => typeof one === 'string' && one.length <= 200))
    throw new Refusal('malformed_request', '"delete" is a list of what may go, such as ["offer.priority"].');
  return new Set(list);
}

function fileProblems(path: string, content: unknown): readonly Problem[] {
  const at = `/files/${escapePointer(path.slice(0, 120))}`;
  if (!PATH.test(path))
    return [
      problem(at, 'path', `"${path.slice(0, 120)}" is no place for a file: files are called module/object.json or option-lists/name.json.`),
    ];
  const forbidden = forbiddenIn(content, '');
  if (forbidden !== undefined) return [problem(`${at}${forbidden}`, 'unknown', 'There is no setting of this name.')];
  const isOfList = isListPath(path);
  const shape = under(at, schemaProblems(check(isOfList ? 'option-list' : 'customised')(content), []));
  if (shape.length > 0) return shape;
  const bad = unstorable(content);
  if (bad !== null) return [problem(at, 'characters', `${path} ${bad}.`)];
  return under(at, isOfList ? listPlaceProblems(path, trusted<ListFile>(content)) : placeProblems(path, trusted<CustomisedFile>(content)));
}

function placeProblems(path: string, file: CustomisedFile): readonly Problem[] {
  const settings = file.settings ?? {};
  const place = file.custom === true ? pathOf({ module: plainText(settings['module']), name: plainText(settings['name']) }) : path;
  const twice = (file.fields ?? []).find((field, position) => file.fields?.some((other, at) => at < position && other.id === field.id));
  return [
    ...(place === path ? [] : [problem('/id', 'path', `This object belongs into the file ${place}.`)]),
    ...(twice ? [problem('/fields', 'duplicate', `The field "${twice.id}" is there twice.`)] : []),
  ];
}

function forbiddenIn(value: unknown, at: string): string | undefined {
  if (isList(value))
    return firstOf(
      value.map((one, position) => [String(position), one] as const),
      at,
    );
  if (!isRecord(value)) return undefined;
  const wrong = Object.keys(value).find((name) => FORBIDDEN.includes(name));
  return wrong === undefined ? firstOf(Object.entries(value), at) : `${at}/${wrong}`;
}

function firstOf(entries: readonly (readonly [string, unknown])[], at: string): string | undefined {
  for (const [name, value] of entries) {
    const found = forbiddenIn(value, `${at}/${escapePointer(name)}`);
    if (found !== undefined) return found;
  }
  return undefined;
}

let compiled: ReadonlyMap<string, CheckSchema> | undefined;

function check(kind: 'customised' | 'option-list'): CheckSchema {
  compiled ??= compileSchemas(fileSchemas());
  const found = compiled.get(`${kind}.schema.json`);
  if (!found) throw new Error(`There is no schema of ${kind} files`);
  return found;
}
