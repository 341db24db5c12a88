import { isDeepStrictEqual } from 'node:util';
import { Refusal } from '#platform/kernel/errors.ts';
import type { Label, ObjectDefinition } from '#platform/kernel/model.ts';
import { checkObject } from '#platform/metadata/cross-check.ts';
import { problem, refuseProblems } from '#platform/metadata/definition-errors.ts';
import { retyped } from '#platform/metadata/retype.ts';
import { finder, put } from '../draft.ts';
import { draftOf, outcomeOf, type Plan, type PlanContext } from '../plan.ts';
import type { CoreState } from '../state.ts';
import { refuseUsed } from '../steps/change-object.ts';
import { refuseRemoval, withoutInViews } from '../steps/remove-field.ts';
import { refuseRetyping } from '../steps/retype.ts';
import { factsBetween, fitsBetween, listFacts } from '../undo.ts';
import { baseOf, fileOf, pathOf, type CustomisedFile, type CustomisedFiles } from './customised-file.ts';
import { livingOf } from './file-layout.ts';
import { objectLines, withFieldNames, type FileLine } from './file-lines.ts';
import { followObject } from './follow-object.ts';
import { followLists, listLines, putLists } from './list-files.ts';
import { followPages } from './follow-pages.ts';
import type { SentFiles } from './read-files.ts';
import { mayGo, note, type Following, type Removal, type Target } from './target.ts';

/** What files would make of an installation: the version, line by line, and what the files leave out that stays because nobody named it. */
export type FilesPlan = { readonly plan: Plan; readonly lines: readonly FileLine[]; readonly kept: readonly Removal[] };

/**
 * Works files into the metadata as they stand: what they say, on top of this installation's own standard. Throws what is wrong with
 * them, pointing into the files; nothing goes that was not named.
 */
export function planFiles(state: CoreState, sent: SentFiles, context: PlanContext): FilesPlan {
  const target: Target = {
    draft: draftOf(state, context),
    standard: new Map(state.standard.map((object) => [object.id, object])),
    current: state.byId,
    fieldOwners: new Map(state.objects.flatMap((object) => object.fields.map((field) => [field.id, object.id] as const))),
    deletions: sent.deletions,
    removals: [],
    problems: [],
  };
  const followings = followingsOf(target, sent.files);
  const before = livingOf(state.objects);
  const changing = followings.filter(
    ({ file, current, standard }) => !isAlike(file, current, current && fileOf(current, standard, before)),
  );
  const changedLists = putLists(target, sent.lists);
  follow(target, changing);
  retireUnnamed(target, sent.files);
  refuseProblems(target.problems);
  followLists(target, sent.lists, changedLists);
  refuseProblems(unknownDeletions(target));
  refuseAmiss(target, changing);
  refuseTaking(target);
  const { objects } = target.draft;
  const living = livingOf([...objects.values()]);
  const ids = changedIds(state, target.draft);
  const lines = [
    ...listLines(state.lists, target.draft.lists),
    ...ids.flatMap((id) => objectLines(state.byId.get(id), objects.get(id), living)),
  ];
  const read = withFieldNames(lines, [...state.objects, ...objects.values()]);
  return { plan: planOf(target, state, lines), lines: read, kept: target.removals.filter((one) => !one.isNamed) };
}

function changedIds(state: CoreState, { objects }: Target['draft']): readonly string[] {
  return [...new Set([...state.byId.keys(), ...objects.keys()])].filter((id) => state.byId.get(id) !== objects.get(id));
}

/** Files in an order in which parents come before their rows; and what is customised here and not in the files goes back to the standard. */
function followingsOf(target: Target, files: CustomisedFiles): readonly Following[] {
  const named = new Set([...files.values()].map((file) => file.id));
  const given = [...files].map(([path, file]): Following => followingOf(target, path, file));
  const others = [...target.standard.values()].filter((object) => !named.has(object.id) && object.state === 'active');
  const rest = others.map((object) => followingOf(target, pathOf(object), { id: object.id }));
  const isRow = ({ file }: Following) => file.custom === true && file.settings?.['parent'] !== undefined;
  return [...given.filter((one) => !isRow(one)), ...given.filter(isRow), ...rest];
}

function followingOf(target: Target, path: string, file: Following['file']): Following {
  return { target, file, path, standard: target.standard.get(file.id), current: target.current.get(file.id) };
}

function isAlike(file: CustomisedFile, current: ObjectDefinition | undefined, exported: CustomisedFile | undefined): boolean {
  const { $schema: _schema, ...content }: CustomisedFile & { readonly $schema?: unknown } = file;
  return current?.state === 'active' && isDeepStrictEqual(content, exported);
}

function follow(target: Target, followings: readonly Following[]): void {
  const made = followings.flatMap((following) => {
    const { path, standard } = following;
    if (standard && path !== pathOf(standard))
      note(following, '/id', [problem('', 'path', `"${standard.id}" belongs into ${pathOf(standard)}.`)]);
    const object = followObject(following);
    if (object) target.draft.objects.set(object.id, object);
    return object ? [{ following, object }] : [];
  });
  if (target.problems.length > 0) return;
  for (const { following, object } of made) {
    const whole = followPages(following, object, baseOf(object, following.standard));
    put(target.draft, { ...whole, version: following.current?.version ?? 0 });
  }
}

/** Objects of their own that the files do not have go when they were named, with the rows that live in them. */
function retireUnnamed(target: Target, files: CustomisedFiles): void {
  const { draft, current } = target;
  const named = new Set([...files.values()].map((file) => file.id));
  const left = [...current.values()].filter((object) => object.custom === true && object.state === 'active' && !named.has(object.id));
  const gone = new Set<string>();
  for (const object of left.toSorted((one, other) => Number(one.parent !== undefined) - Number(other.parent !== undefined))) {
    const isGoing = (object.parent !== undefined && gone.has(object.parent)) || mayGo(target, 'object', object.name);
    if (!isGoing) continue;
    gone.add(object.name);
    draft.objects.set(object.id, { ...object, state: 'retired', retiredAt: draft.now });
  }
}

function unknownDeletions({ deletions, removals }: Target) {
  const going = new Set(removals.map((one) => one.address));
  return [...deletions]
    .filter((address) => !going.has(address))
    .map((address, position) =>
      problem(
        `/delete/${position}`,
        'reference',
        `"${address.slice(0, 80)}" is not something that the files leave out here. Take it from what is to go.`,
      ),
    );
}

/** What does not hold together with the other objects, where it was not so before. */
function refuseAmiss(target: Target, followings: readonly Following[]): void {
  const { draft, current } = target;
  for (const { file, path } of followings) {
    const object = draft.objects.get(file.id);
    const before = current.get(file.id);
    if (!object) continue;
    const amiss = new Set(
      (before?.state === 'active' ? checkObject(before, finder(draft), draft.roles) : []).map((one) => one.pointer + one.message),
    );
    // What a field will be must hold together with the others now; nobody could say so later.
    const settled = { ...object, fields: object.fields.map(retyped) };
    const found = checkObject(settled, finder(draft), draft.roles).filter((one) => !amiss.has(one.pointer + one.message));
    note(
      { target, path },
      '',
      found.map(({ object: _object, part: _part, ...one }) => ({
        ...one,
        rule: one.rule === 'unknown' ? 'reference' : one.rule,
        message: withWayOut(target, object, one.message),
      })),
    );
  }
  refuseProblems(target.problems);
}

/** A name that is taken by something which only stays because nobody named it. */
function withWayOut({ removals }: Target, object: ObjectDefinition, message: string): string {
  const stays = removals.find(
    (one) => !one.isNamed && one.kind === 'field' && message.includes(`"${one.address.slice(object.name.length + 1)}"`),
  );
  return stays ? `${message} The files do not have that one: name ${stays.address} to be deleted, or rename it here.` : message;
}

/** What stands on what is to go is in the way, as it is when a field is retired alone. */
function refuseTaking({ draft, current, removals }: Target): void {
  const named = new Set(removals.filter((one) => one.isNamed).map((one) => one.address));
  for (const object of draft.objects.values()) {
    const before = current.get(object.id);
    if (!before || before === object || before.state !== 'active') continue;
    for (const field of before.fields) {
      if (
        field.retype &&
        !isDeepStrictEqual(
          field,
          object.fields.find(({ id }) => id === field.id),
        )
      )
        refuseRetyping(field);
    }
    if (object.state === 'retired') refuseUsed(draft, before);
    const going = before.fields.filter((field) => named.has(`${before.name}.${field.name}`) && object.state === 'active');
    for (const field of going) {
      refuseRemoval(draft, object, field);
      draft.objects.set(object.id, withoutInViews(draft.objects.get(object.id) ?? object, field));
    }
  }
}

function planOf({ draft, current }: Target, state: CoreState, lines: readonly FileLine[]): Plan {
  const ids = changedIds(state, draft);
  const names = new Set([...state.lists.keys(), ...draft.lists.keys()]);
  const pairs = ids.map((id) => ({ before: current.get(id), after: draft.objects.get(id) }));
  return {
    kind: 'applyFiles',
    summary: summaryOf(lines),
    changes: lines.map(({ op, address }) => ({ kind: op, address })),
    ...outcomeOf(draft),
    facts: [
      ...[...names].flatMap((name) => listFacts(state.lists.get(name), draft.lists.get(name))),
      ...pairs.flatMap(({ before, after }) => factsBetween(before, after)),
    ],
    fits: pairs.flatMap(({ before, after }) => (before && after ? fitsBetween(before, withNewTypes(before, after)) : [])),
    subjects: ids,
  };
}

/** The object with the fields that it gives another type as they will be, their values where they still are. */
function withNewTypes(before: ObjectDefinition, after: ObjectDefinition): ObjectDefinition {
  const isUnderWay = new Set(before.fields.flatMap(({ retype }) => retype?.job ?? []));
  const fields = after.fields.map((field) =>
    field.retype && !isUnderWay.has(field.retype.job) ? { ...retyped(field), column: field.column } : field,
  );
  return { ...after, fields };
}

function summaryOf(lines: readonly FileLine[]): Label {
  const count = (op: FileLine['op']) => lines.filter((line) => line.op === op).length;
  const [added, changed, removed] = [count('add'), count('change'), count('remove')];
  return {
    en: `Metadata files applied: ${added} added, ${changed} changed, ${removed} removed`,
    de: `Metadaten-Dateien angewendet: ${added} neu, ${changed} geändert, ${removed} entfernt`,
  };
}

/** Refuses to apply what was planned for another version. */
export function refuseMoved(state: CoreState, planned: number): void {
  if (state.version === planned) return;
  throw new Refusal(
    'conflict',
    `The metadata were changed since this plan was made: they are at version ${state.version}, the plan is for ${planned}. Make the plan again, look at it, and apply that.`,
    { extra: { version: state.version } },
  );
}
