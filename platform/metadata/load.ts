import { createHash } from 'node:crypto';
import { isRecord } from '#platform/kernel/is-record.ts';
import type { Label, LayoutDefinition, ObjectDefinition } from '#platform/kernel/model.ts';
import { crossCheck, type Finding } from './cross-check.ts';
import { readGrant } from './definition-object.ts';
import { deepFreeze } from './freeze.ts';
import { withGeneratedLayouts } from './generated-layouts.ts';
import { readLabel } from './label.ts';
import { readLayout, type FindObject } from './layout.ts';
import { withLineInputs } from './line-input.ts';
import { readStandardFiles, type FileProblem, type ObjectFiles } from './standard-files.ts';
import { inGerman, readStandardObject } from './standard-object.ts';
import { readView } from './view.ts';

/** A role that every installation starts with. */
export type StandardRole = { readonly name: string; readonly label: Label; readonly description?: Label };

/** The standard layer: what the JSON files say, resolved. `fingerprint` tells one state of the files from another. */
export type StandardLayer = {
  readonly objects: readonly ObjectDefinition[];
  readonly roles: readonly StandardRole[];
  readonly fingerprint: string;
};

/** The standard files do not hold together: every problem with its file and JSON pointer. A mistake of a developer, found at start. */
class StandardError extends Error {
  readonly problems: readonly FileProblem[];
  constructor(problems: readonly FileProblem[]) {
    super(
      `The metadata files have ${problems.length} problem(s):\n${problems.map((one) => `  metadata/${one.file} ${one.pointer}: ${one.message}`).join('\n')}`,
    );
    this.name = 'StandardError';
    this.problems = problems;
  }
}

/** Reads, checks and resolves the standard layer; throws StandardError with everything that is wrong at once. */
export async function loadStandard(folder: string): Promise<StandardLayer> {
  const files = await readStandardFiles(folder);
  stopAt(files.problems);
  const read = files.objects.map((one) => ({ files: one, ...readStandardObject(one) }));
  stopAt(read.flatMap((one) => one.problems));
  const bare = read.flatMap((one) => (one.object ? [{ files: one.files, object: one.object }] : []));
  const byName = new Map(bare.map((one) => [one.object.name, one.object]));
  const complete = bare.map((one) => withParts(one.object, one.files, (name) => byName.get(name)));
  stopAt(complete.flatMap((one) => one.problems));
  const drawn = complete.map((one) => one.object);
  const objects = drawn.map((object) => withGeneratedLayouts(object, drawn));
  const roles = readRoles(files.roles);
  stopAt(
    crossCheck(objects, roles.length > 0 ? new Set(roles.map((role) => role.name)) : undefined).map((finding) => located(finding, bare)),
  );
  return deepFreeze({
    objects,
    roles,
    fingerprint: createHash('sha256')
      .update(JSON.stringify([objects, roles]))
      .digest('hex'),
  });
}

function stopAt(problems: readonly FileProblem[]): void {
  if (problems.length > 0) throw new StandardError(problems);
}

/** Layouts, views and access: what needs the fields of this and other objects. */
function withParts(
  object: ObjectDefinition,
  files: ObjectFiles,
  find: FindObject,
): { object: ObjectDefinition; problems: readonly FileProblem[] } {
  const layouts = Object.entries(isRecord(files.layouts) ? files.layouts : {})
    .filter(([name]) => name !== '$schema')
    .map(([name, value]) => ({ name, ...readLayout(name, value, { object, find, language: 'en' }) }));
  const views = (Array.isArray(files.views) ? files.views : []).map((view: unknown) => readView(view, { object, find, language: 'en' }));
  const access = Object.entries(isRecord(files.access) ? files.access : {})
    .filter(([name]) => name !== '$schema')
    .map(([role, grant]) => ({ role, ...readGrant(grant) }));
  const commands = object.commands.map((command) => withLineInputs(command, object, find));
  const at = (file: string, pointer: string, problems: readonly { pointer: string; message: string }[]) =>
    problems.map((one): FileProblem => ({
      file: `${files.folder}/${file}`,
      pointer: pointer + one.pointer,
      message: one.message,
    }));
  const problems = [
    ...commands.flatMap((one, position) => at('object.json', `/commands/${position}`, one.problems)),
    ...layouts.flatMap((one) => at('layouts.json', `/${one.name}`, one.problems)),
    ...views.flatMap((one, position) => at('views.json', `/${position}`, one.problems)),
    ...access.flatMap((one) => at('access.json', `/${one.role}`, one.problems)),
  ];
  const complete: ObjectDefinition = {
    ...object,
    commands: commands.map((one) => one.command),
    layouts: layouts.flatMap((one): readonly LayoutDefinition[] => (one.layout ? [one.layout] : [])),
    views: views.flatMap((one) => (one.view ? [one.view] : [])),
    access: Object.fromEntries(access.flatMap((one) => (one.grant ? [[one.role, one.grant] as const] : []))),
  };
  return { object: inGerman(complete, files.labels), problems };
}

function readRoles(input: unknown): readonly StandardRole[] {
  if (!Array.isArray(input)) return [];
  return input.filter(isRecord).map((role) => {
    const name = String(role['name']);
    const context = { language: 'en', pointer: '', maxLength: 200 } as const;
    const description = role['description'] === undefined ? undefined : readLabel(role['description'], context).label;
    return {
      name,
      label: readLabel(role['label'], context).label ?? { en: name },
      ...(description ? { description } : {}),
    };
  });
}

/** A finding at its file, with list positions for the names in its pointer. */
function located(finding: Finding, objects: readonly { files: ObjectFiles; object: ObjectDefinition }[]): FileProblem {
  const files = objects.find((one) => one.object.name === finding.object)?.files;
  const file = `${files?.folder ?? finding.object}/${finding.part}.json`;
  const [, list = '', name = '', ...rest] = finding.pointer.split('/');
  const source = finding.part === 'object' && isRecord(files?.object) ? files.object[list] : files?.views;
  const wanted = finding.part === 'views' ? list : name;
  const position = Array.isArray(source) ? source.findIndex((one) => isRecord(one) && one['name'] === wanted) : -1;
  if (position < 0) return { file, pointer: finding.pointer, message: finding.message };
  const pointer = finding.part === 'views' ? `/${position}` : ['', list, String(position), ...rest].join('/');
  return { file, pointer, message: finding.message };
}
