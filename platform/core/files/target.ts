import { isRecord } from '#platform/kernel/is-record.ts';
import type { ObjectDefinition, Option } from '#platform/kernel/model.ts';
import { escapePointer, under, type Problem } from '#platform/metadata/definition-errors.ts';
import type { Draft } from '../draft.ts';
import type { CustomisedFile } from './customised-file.ts';

/** What would have to go so that the target is as the files say, and whether it was named. */
export type Removal = {
  readonly kind: 'object' | 'field' | 'option' | 'list' | 'view' | 'layout';
  /** How it is named: `offer`, `offer.priority`, `offer.priority/low`, `offer/views/hot`, `offer/layouts/kanban`, `option-lists/ways`, `option-lists/ways/sea`. */
  readonly address: string;
  readonly isNamed: boolean;
};

/** The installation that files are applied to, while it is worked out what it would become. */
export type Target = {
  readonly draft: Draft;
  readonly standard: ReadonlyMap<string, ObjectDefinition>;
  readonly current: ReadonlyMap<string, ObjectDefinition>;
  /** Ids of fields and the object that each is of. */
  readonly fieldOwners: ReadonlyMap<string, string>;
  readonly deletions: ReadonlySet<string>;
  readonly removals: Removal[];
  readonly problems: Problem[];
};

/** One object of the target, and the file that it is to follow. */
export type Following = {
  readonly target: Target;
  readonly file: CustomisedFile;
  readonly path: string;
  readonly standard: ObjectDefinition | undefined;
  readonly current: ObjectDefinition | undefined;
};

/** Notes what is wrong in a part of a file. */
export function note({ target, path }: Pick<Following, 'target' | 'path'>, pointer: string, problems: readonly Problem[]): void {
  target.problems.push(...under(`${fileAt(path)}${pointer}`, problems));
}

/** Where a file stands in the request. */
export function fileAt(path: string): string {
  return `/files/${escapePointer(path)}`;
}

type LeftOptions = { readonly given: readonly unknown[]; readonly before: readonly Option[] };

/** The options of a file, with those that it leaves out: they stay, or are retired when they were named to go. */
export function withLeftOptions(target: Target, of: string, { given, before }: LeftOptions): readonly unknown[] {
  const keys = new Set(given.map((option) => (isRecord(option) ? option['key'] : option)));
  const left = before.filter((option) => !keys.has(option.key));
  return [
    ...given,
    ...left.map((option) =>
      option.retired !== true && mayGo(target, 'option', `${of}/${option.key}`) ? { ...option, retired: true } : option,
    ),
  ];
}

/** Notes that something has to go; answers whether it was named, so that it may. */
export function mayGo(target: Target, kind: Removal['kind'], address: string): boolean {
  const isNamed = target.deletions.has(address);
  target.removals.push({ kind, address, isNamed });
  return isNamed;
}
