import { isDeepStrictEqual } from 'node:util';
import type { Json, OptionList } from '#platform/kernel/model.ts';
import { trusted } from '#platform/kernel/seam.ts';
import { listJson, listNameOf, listTarget, isListTarget } from '#platform/metadata/option-lists.ts';
import { readOptionList } from '#platform/metadata/read-option-list.ts';
import { problem, type Problem } from '#platform/metadata/definition-errors.ts';
import { pointed } from '../plan.ts';
import { followList, refuseUsedList } from '../steps/option-lists.ts';
import { sorted } from './customised-file.ts';
import type { FileLine } from './file-lines.ts';
import { fileAt, mayGo, note, withLeftOptions, type Target } from './target.ts';

/** An option list as its file has it: all of it. */
export type ListFile = { readonly name: string; readonly label: Json; readonly options: readonly Json[] };

/** Files of lists by path, `option-lists/<name>.json`. */
export type ListFiles = ReadonlyMap<string, ListFile>;

/** The lists as files. */
export function exportLists(lists: ReadonlyMap<string, OptionList>): ListFiles {
  // A list is plain data.
  return new Map([...lists.values()].map((list) => [pathOf(list.name), trusted<ListFile>(sorted(listJson(list)))]));
}

/** Whether a file stands where lists do. */
export function isListPath(path: string): boolean {
  return isListTarget(path);
}

/** What is wrong with where the file of a list stands. */
export function listPlaceProblems(path: string, { name }: ListFile): readonly Problem[] {
  return path === pathOf(name) ? [] : [problem('/name', 'path', `This list belongs into the file ${pathOf(name.slice(0, 60))}.`)];
}

function pathOf(name: string): string {
  return `${listTarget(name)}.json`;
}

/** Puts the lists of the files in their place, before the fields that use them are read. Answers the names of those that changed. */
export function putLists(target: Target, files: ListFiles): readonly string[] {
  const { lists } = target.draft;
  return [...files].flatMap(([path, file]) => {
    const before = lists.get(file.name);
    const options = withLeftOptions(target, listTarget(file.name), { given: file.options, before: before?.options ?? [] });
    const { list, problems } = readOptionList({ name: file.name, label: file.label, options }, { language: 'en' });
    note({ target, path }, '', problems);
    if (!list || isDeepStrictEqual(listJson(list), listJson(before))) return [];
    lists.set(list.name, { ...list, version: before?.version ?? 0 });
    return [list.name];
  });
}

/** Brings changed lists into the fields that use them, also where no file says anything of these fields; and lets go what was named to. */
export function followLists(target: Target, files: ListFiles, changed: readonly string[]): void {
  const { draft } = target;
  const given = new Set([...files.values()].map((file) => file.name));
  for (const name of changed) pointed(fileAt(pathOf(name)), () => followList(draft, name));
  for (const list of Array.from(draft.lists.values()))
    if (!given.has(list.name) && mayGo(target, 'list', listTarget(list.name))) refuseUsedList(draft, list);
}

/** What leads from the lists to another state of them. */
export function listLines(before: ReadonlyMap<string, OptionList>, after: ReadonlyMap<string, OptionList>): readonly FileLine[] {
  const targets = [...new Set([...before.keys(), ...after.keys()])].map(listTarget).sort();
  return targets.flatMap((address): readonly FileLine[] => {
    const name = listNameOf(address);
    const [old, young] = [before.get(name), after.get(name)];
    if (old === young) return [];
    if (!old || !young) return [{ op: young ? 'add' : 'remove', kind: 'list', address, settings: [] }];
    const settings = (['label', 'options'] as const)
      .filter((setting) => !isDeepStrictEqual(old[setting], young[setting]))
      .map((setting) => ({ name: setting, before: trusted<Json>(old[setting]), after: trusted<Json>(young[setting]) }));
    return settings.length === 0 ? [] : [{ op: 'change', kind: 'list', address, settings }];
  });
}
