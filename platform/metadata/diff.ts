import { plainText } from '#platform/kernel/json.ts';
import { isDeepStrictEqual } from 'node:util';
import { isRecord } from '#platform/kernel/is-record.ts';
import { isPlainItem } from '#platform/kernel/layouts.ts';
import type { Json } from '#platform/kernel/model.ts';

/**
 * One step from a value to another. `path` is a JSON pointer whose list segments are identities, not positions: the `id`, `key`,
 * field or `name` of an element, or the text itself. `base` is the value that was there (absent: none), so that whoever applies
 * the step later sees whether something else has changed. `after` is the identity an element of a list follows (null: it is first).
 */
export type Patch = {
  readonly op: 'set' | 'remove' | 'move';
  readonly path: string;
  readonly value?: Json;
  readonly base?: Json;
  readonly after?: string | null;
};

/** A patch that met something other than its base. `current` is absent when there is nothing any more. */
export type PatchConflict = { readonly patch: Patch; readonly current?: Json };

type Container = { readonly [key: string]: Json };

/** The steps from one value to another; undefined is a value that is not there. Order matters. */
export function diff(before: Json | undefined, after: Json | undefined, path = ''): readonly Patch[] {
  if (isDeepStrictEqual(before, after)) return [];
  if (after === undefined) return [{ op: 'remove', path, ...(before === undefined ? {} : { base: before }) }];
  if (isContainer(before) && isContainer(after)) return diffRecords(before, after, path);
  const lists = keyedLists(before, after);
  if (lists) return diffLists(lists.before, lists.after, path);
  return [{ op: 'set', path, value: after, ...(before === undefined ? {} : { base: before }) }];
}

/** What tells an element of a list from the others; undefined when the list can only be compared as a whole. */
function identityOf(element: Json): string | undefined {
  if (typeof element === 'string') return element;
  if (!isRecord(element)) return undefined;
  for (const name of ['id', 'key']) if (typeof element[name] === 'string') return element[name];
  if (isPlainItem(element)) return element.kind;
  if (element['kind'] === 'related') return `related ${plainText(element['object'])}.${plainText(element['field'])}`;
  if (typeof element['field'] === 'string') return element['field'];
  return typeof element['name'] === 'string' ? element['name'] : undefined;
}

function isContainer(value: Json | undefined): value is Container {
  return isRecord(value);
}

type Keyed = ReadonlyMap<string, Json>;

function keyedLists(before: Json | undefined, after: Json): { before: Keyed; after: Keyed } | null {
  const old = keyed(before);
  const young = keyed(after);
  return old && young ? { before: old, after: young } : null;
}

function keyed(list: Json | undefined): Keyed | null {
  if (!isJsonList(list)) return null;
  const elements = new Map<string, Json>();
  for (const element of list) {
    const identity = identityOf(element);
    if (identity === undefined || elements.has(identity)) return null;
    elements.set(identity, element);
  }
  return elements;
}

function diffRecords(before: Container, after: Container, path: string): readonly Patch[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names.flatMap((name) => diff(own(before, name), own(after, name), `${path}/${escaped(name)}`));
}

function own(record: Container, name: string): Json | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}

function diffLists(before: Keyed, after: Keyed, path: string): readonly Patch[] {
  const stay = steady(
    [...before.keys()].filter((identity) => after.has(identity)),
    [...after.keys()].filter((identity) => before.has(identity)),
  );
  const removed = [...before]
    .filter(([identity]) => !after.has(identity))
    .map(([identity, base]): Patch => ({ op: 'remove', path: `${path}/${escaped(identity)}`, base }));
  let previous: string | null = null;
  const placed: Patch[] = [];
  for (const [identity, value] of after) {
    const at = `${path}/${escaped(identity)}`;
    if (!before.has(identity)) placed.push({ op: 'set', path: at, value, after: previous });
    else if (!stay.has(identity)) placed.push({ op: 'move', path: at, after: previous });
    previous = identity;
  }
  const inside = [...after].flatMap(([identity, value]) =>
    before.has(identity) ? diff(before.get(identity), value, `${path}/${escaped(identity)}`) : [],
  );
  return [...removed, ...placed, ...inside];
}

/** Elements that need not move: a longest subsequence that both orders have in common. */
function steady(before: readonly string[], after: readonly string[]): ReadonlySet<string> {
  if (isDeepStrictEqual(before, after)) return new Set(before);
  const rank = new Map(before.map((identity, position) => [identity, position]));
  const ranks = after.map((identity) => rank.get(identity) ?? 0);
  const length = ranks.map(() => 1);
  const from = ranks.map(() => -1);
  for (let i = 0; i < ranks.length; i++) {
    for (let j = 0; j < i; j++) {
      if ((ranks[j] ?? 0) >= (ranks[i] ?? 0) || (length[j] ?? 0) + 1 <= (length[i] ?? 0)) continue;
      length[i] = (length[j] ?? 0) + 1;
      from[i] = j;
    }
  }
  const kept = new Set<string>();
  for (let at = length.indexOf(Math.max(...length)); at >= 0; at = from[at] ?? -1) kept.add(after[at] ?? '');
  return kept;
}

/**
 * Applies steps in order and returns the new value; nothing given is changed. A step that meets something other than its base
 * is applied all the same and reported; one whose surroundings are gone is only reported.
 */
export function applyPatches(
  value: Json | undefined,
  patches: readonly Patch[],
): { value: Json | undefined; conflicts: readonly PatchConflict[] } {
  const conflicts: PatchConflict[] = [];
  let result = value;
  for (const patch of patches) {
    const segments = patch.path.split('/').slice(1).map(unescaped);
    const outcome = applyAt(result, segments, patch);
    if (outcome.conflict) conflicts.push({ patch, ...(outcome.current === undefined ? {} : { current: outcome.current }) });
    result = outcome.value;
  }
  return { value: result, conflicts };
}

type Outcome = { readonly value: Json | undefined; readonly conflict: boolean; readonly current?: Json | undefined };

function applyAt(value: Json | undefined, segments: readonly string[], patch: Patch): Outcome {
  const [first, ...rest] = segments;
  if (first === undefined) return applyHere(value, patch);
  if (Array.isArray(value)) return applyInList(value, { first, rest, patch });
  if (!isContainer(value)) return { value, conflict: patch.op !== 'remove' };
  const outcome = applyAt(own(value, first), rest, patch);
  return { ...outcome, value: withProperty(value, first, outcome.value) };
}

function applyHere(current: Json | undefined, patch: Patch): Outcome {
  const wanted = patch.op === 'remove' ? undefined : patch.value;
  const conflict = !isDeepStrictEqual(current, patch.base) && !isDeepStrictEqual(current, wanted);
  return { value: wanted, conflict, current };
}

type ListStep = { readonly first: string; readonly rest: readonly string[]; readonly patch: Patch };

function applyInList(list: readonly Json[], { first, rest, patch }: ListStep): Outcome {
  const index = list.findIndex((element) => identityOf(element) === first);
  const current = index < 0 ? undefined : list[index];
  if (rest.length > 0) {
    if (current === undefined) return { value: list, conflict: patch.op !== 'remove' };
    const inside = applyAt(current, rest, patch);
    return { ...inside, value: inside.value === undefined ? list : list.with(index, inside.value) };
  }
  if (patch.op === 'move')
    return current === undefined
      ? { value: list, conflict: false }
      : { value: placedAfter(without(list, index), current, patch.after), conflict: false };
  const here = applyHere(current, patch);
  if (here.value === undefined) return { ...here, value: without(list, index) };
  if (patch.after === undefined && index >= 0) return { ...here, value: list.with(index, here.value) };
  return { ...here, value: placedAfter(without(list, index), here.value, patch.after) };
}

function without(list: readonly Json[], index: number): readonly Json[] {
  return index < 0 ? list : list.toSpliced(index, 1);
}

/** Behind the element it follows; at the end when that one is gone. */
function placedAfter(list: readonly Json[], element: Json, after: string | null | undefined): readonly Json[] {
  if (after === null) return [element, ...list];
  const index = list.findIndex((one) => identityOf(one) === after);
  return index < 0 ? [...list, element] : list.toSpliced(index + 1, 0, element);
}

function withProperty(record: Container, name: string, value: Json | undefined): Container {
  const entries = Object.entries(record).filter(([key]) => key !== name);
  if (value === undefined) return Object.fromEntries(entries);
  if (Object.hasOwn(record, name)) return Object.fromEntries(Object.entries(record).map(([key, old]) => [key, key === name ? value : old]));
  return Object.fromEntries([...entries, [name, value]]);
}

function escaped(segment: string): string {
  return segment.replaceAll('~', '~0').replaceAll('/', '~1');
}

function unescaped(segment: string): string {
  return segment.replaceAll('~1', '/').replaceAll('~0', '~');
}

/** Whether a value is a list. */
export function isJsonList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}
