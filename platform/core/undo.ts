import type { FieldDefinition, LayoutDefinition, ObjectDefinition, OptionList } from '#platform/kernel/model.ts';
import { Refusal } from '#platform/kernel/errors.ts';
import { germanOf } from '#platform/kernel/german-of.ts';
import { applyPatches, type PatchConflict } from '#platform/metadata/diff.ts';
import { isListTarget, listFromJson, listJson, listNameOf } from '#platform/metadata/option-lists.ts';
import { fromJson } from '#platform/metadata/overlay.ts';
import { put, refuseAmiss, type Draft, type Fact, type Fit } from './draft.ts';
import { draftOf, drawn, outcomeOf, type Plan, type PlanContext } from './plan.ts';
import { CHANGED_OVER } from './retype-plans.ts';
import type { CoreState } from './state.ts';
import { fitsOf } from './steps/change-field.ts';
import { followList, refuseUsedList } from './steps/option-lists.ts';
import { togetherFits } from './steps/unique-together.ts';
import type { ObjectPatches, VersionRow } from './version-rows.ts';

/** Why a version cannot be taken back; null when it can be tried. */
export function notUndoable(row: VersionRow, state: CoreState): string | null {
  if (row.undoneBy !== undefined) return `Version ${row.version} was taken back by version ${row.undoneBy} already.`;
  if (row.kind === 'standard') return 'An upgrade of the standard metadata is not taken back here.';
  const ofObjects = row.forward.filter((one) => !isListTarget(one.object));
  const drops = ofObjects.some((one) =>
    one.patches.some((patch) => patch.op === 'remove' && (patch.path === '' || /^\/fields\/[^/]+$/.test(patch.path))),
  );
  if (drops) return 'What was dropped is gone with its data.';
  return row.inverse.some((one) => isGone(state, one)) ? `What version ${row.version} changed was dropped since.` : null;
}

/** Whether what steps back would touch is not there any more: they would find nothing to do, and say that it is done. */
function isGone(state: CoreState, { object: target, patches }: ObjectPatches): boolean {
  if (patches.some(({ op, path }) => op === 'set' && path === '')) return false;
  if (isListTarget(target)) return !state.lists.has(listNameOf(target));
  const object = state.byId.get(target);
  if (!object) return true;
  const ids = new Set(object.fields.map((field) => field.id));
  return patches.some(({ op, path }) => {
    const [, id, inside] = /^\/fields\/([^/]+)(\/.*)?$/.exec(path) ?? [];
    return id !== undefined && !ids.has(id) && (op === 'remove' || inside !== undefined);
  });
}

/**
 * The version that takes another one back. What it added is retired, not dropped: its data can be had back. `later` are the
 * versions since, to say which one stands in the way.
 */
export function planUndo(state: CoreState, row: VersionRow, context: PlanContext & { readonly later: readonly VersionRow[] }): Plan {
  const reason = notUndoable(row, state);
  if (reason !== null) throw new Refusal('conflict', reason);
  const draft = draftOf(state, context);
  const inTheWay = (): Refusal => obstacle(row, context.later);
  const names = row.inverse.filter((one) => isListTarget(one.object)).map((one) => undoList(draft, one, inTheWay));
  const ofObjects = row.inverse.filter((one) => !isListTarget(one.object));
  for (const one of ofObjects) undoObject(draft, one, inTheWay);
  if (row.kind === CHANGED_OVER) for (const one of ofObjects) forgetRetypes(draft, one.object, state.byId.get(one.object));
  coherently(row, () => followLists(draft, state, names));
  const ids = [...draft.objects.keys()].filter((id) => draft.objects.get(id) !== state.byId.get(id));
  coherently(row, () => {
    for (const id of ids) if (draft.objects.get(id)?.state === 'active') refuseAmiss(draft, id);
  });
  const pairs = ids.map((id) => ({ before: state.byId.get(id), after: draft.objects.get(id) }));
  return {
    kind: 'undo',
    summary: { en: `Taken back: ${row.summary.en}`, de: `Zurückgenommen: ${row.summary.de ?? row.summary.en}` },
    changes: [{ kind: 'undo', version: row.version }],
    ...outcomeOf(draft),
    facts: [
      ...names.flatMap((name) => listFacts(state.lists.get(name), draft.lists.get(name))),
      ...pairs.flatMap(({ before, after }) => factsBetween(before, after)),
    ],
    fits: pairs.flatMap(({ before, after }) => (before && after ? fitsBetween(before, after) : [])),
    subjects: ids,
    undoes: row.version,
  };
}

/** Answers the name of the list. Whether anything stands on what it was is seen when all is as it was. */
function undoList(draft: Draft, { object: target, patches }: ObjectPatches, inTheWay: () => Refusal): string {
  const name = listNameOf(target);
  const current = draft.lists.get(name);
  const { value, conflicts } = applyPatches(listJson(current), patches);
  if (conflicts.length > 0) throw inTheWay();
  const list = listFromJson(value);
  if (list) draft.lists.set(name, withLostOptions(list, current));
  else draft.lists.delete(name);
  return name;
}

/** Options that the inverse would remove stay, retired: records may hold them. */
function withLostOptions(made: OptionList, current: OptionList | undefined): OptionList {
  const kept = new Set(made.options.map((option) => option.key));
  const lost = (current?.options ?? []).filter((option) => !kept.has(option.key));
  return { ...made, options: [...made.options, ...lost.map((option) => ({ ...option, retired: true }))] };
}

function followLists(draft: Draft, state: CoreState, names: readonly string[]): void {
  for (const name of names) {
    const former = state.lists.get(name);
    if (draft.lists.has(name)) followList(draft, name);
    else if (former) refuseUsedList(draft, former);
  }
}

function undoObject(draft: Draft, { object, patches }: ObjectPatches, inTheWay: (conflicts: readonly PatchConflict[]) => Refusal): void {
  const current = draft.objects.get(object);
  const { value, conflicts } = applyPatches(drawn(current), patches);
  if (conflicts.length > 0) throw inTheWay(conflicts);
  if (value === undefined) {
    if (current) draft.objects.set(object, { ...current, state: 'retired', retiredAt: draft.now });
    return;
  }
  put(draft, withLostFields(fromJson(value), current, draft.now));
}

/** A field that is what it was before is not on its way again; others of the object that are go on. */
function forgetRetypes(draft: Draft, id: string, now: ObjectDefinition | undefined): void {
  const object = draft.objects.get(id);
  if (!object) return;
  const running = new Set(now?.fields.flatMap(({ retype }) => retype?.job ?? []));
  const fields = object.fields.map(({ retype, ...field }) => (retype && running.has(retype.job) ? { ...field, retype } : field));
  put(draft, { ...object, fields });
}

/** Fields that the inverse would remove stay, retired: their columns hold data. */
function withLostFields(made: ObjectDefinition, current: ObjectDefinition | undefined, now: string): ObjectDefinition {
  const kept = new Set(made.fields.map((field) => field.id));
  const lost = (current?.fields ?? []).filter((field) => !kept.has(field.id) && field.system !== true);
  const columns = new Set((current?.fields ?? []).flatMap((field) => [field.column, field.former?.column]));
  const retired = lost.map((field): FieldDefinition =>
    field.state === 'retired' ? field : { ...field, state: 'retired', retiredAt: now },
  );
  // A former column that was dropped since holds nothing to come back.
  const held = made.fields.map(({ former, ...field }) => (former && columns.has(former.column) ? { ...field, former } : field));
  return { ...made, fields: [...held, ...retired] };
}

/** A refusal of what is taken back says so. */
function coherently(row: VersionRow, check: () => void): void {
  try {
    check();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw new Refusal(
      'conflict',
      {
        en: `Version ${row.version} cannot be taken back as things stand: ${error.message}`,
        de: `Version ${row.version} lässt sich so, wie es jetzt ist, nicht zurücknehmen: ${germanOf(error)}`,
      },
      error.details,
    );
  }
}

/** Names the first later version that touched one of the same objects. */
function obstacle(row: VersionRow, later: readonly VersionRow[]): Refusal {
  const paths = row.forward.flatMap((one) => one.patches.map((patch) => `${one.object}${patch.path}`));
  const isNear = (other: VersionRow) =>
    other.undoneBy === undefined &&
    other.forward.some((one) => one.patches.some((patch) => paths.some((path) => overlaps(path, `${one.object}${patch.path}`))));
  const blocking = later.findLast(isNear);
  if (!blocking)
    return new Refusal('conflict', {
      en: `What version ${row.version} changed was changed again since.`,
      de: `Was Version ${row.version} geändert hat, wurde seither wieder geändert.`,
    });
  const { en, de = en } = blocking.summary;
  return new Refusal('conflict', {
    en: `Version ${blocking.version} changed the same since (${en}). Take that back first.`,
    de: `Version ${blocking.version} hat seither dasselbe geändert (${de}). Nehmen Sie zuerst die zurück.`,
  });
}

function overlaps(left: string, right: string): boolean {
  return left === right || left.startsWith(`${right}/`) || right.startsWith(`${left}/`);
}

/** What happened to a list, from the two sides of it. */
export function listFacts(before: OptionList | undefined, after: OptionList | undefined): readonly Fact[] {
  const optionList = (after ?? before)?.name;
  if (before === after || optionList === undefined) return [];
  return [{ type: before ? (after ? 'OptionListChanged' : 'OptionListDropped') : 'OptionListCreated', optionList }];
}

/** What happened to an object, from the two sides of it. */
export function factsBetween(before: ObjectDefinition | undefined, after: ObjectDefinition | undefined): readonly Fact[] {
  if (!before) return after ? [{ type: 'ObjectCreated', object: after.name }] : [];
  if (!after) return [{ type: 'ObjectDropped', object: before.name }];
  const object = after.name;
  if (before.state !== after.state) return [{ type: after.state === 'retired' ? 'ObjectRetired' : 'ObjectRestored', object }];
  const old = new Map(before.fields.map((field) => [field.id, field]));
  const fields = after.fields.flatMap((field) => fieldFact(object, old.get(field.id), field));
  const layouts = after.layouts.filter((layout) =>
    isRedrawn(
      before.layouts.find((one) => one.id === layout.id),
      layout,
    ),
  );
  return [
    ...fields,
    ...layouts.map((layout): Fact => ({ type: 'LayoutUpdated', object, layout: layout.name })),
    ...(fields.length === 0 && layouts.length === 0 ? [{ type: 'ObjectChanged', object } as const] : []),
  ];
}

/** A generated layout follows the fields by itself; that is no news. */
function isRedrawn(before: LayoutDefinition | undefined, after: LayoutDefinition): boolean {
  return (before?.generated !== true || after.generated !== true) && JSON.stringify(before) !== JSON.stringify(after);
}

function fieldFact(object: string, before: FieldDefinition | undefined, after: FieldDefinition): readonly Fact[] {
  const field = after.name;
  if (!before) return [{ type: 'FieldAdded', object, field }];
  if (before.state !== after.state) return [{ type: after.state === 'retired' ? 'FieldRetired' : 'FieldRestored', object, field }];
  return JSON.stringify(before) === JSON.stringify(after) ? [] : [{ type: 'FieldChanged', object, field }];
}

/** What the owning service has to look at when an object becomes another. */
export function fitsBetween(before: ObjectDefinition, after: ObjectDefinition): readonly Fit[] {
  const old = new Map(before.fields.map((field) => [field.id, field]));
  const ofFields = after.fields.flatMap((field) => {
    const former = old.get(field.id);
    return former && field.state !== 'retired' ? fitsOf(after, former, field) : [];
  });
  return [...ofFields, ...togetherFits(before, after)];
}
