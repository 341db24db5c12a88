import { randomBytes } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { Json, Label, ObjectDefinition, OptionList } from '#platform/kernel/model.ts';
import { Refusal } from '#platform/kernel/errors.ts';
import { trusted } from '#platform/kernel/seam.ts';
import { refuseProblems, under } from '#platform/metadata/definition-errors.ts';
import { diff } from '#platform/metadata/diff.ts';
import type { Language } from '#platform/metadata/label.ts';
import { modulesWith } from '#platform/metadata/module-schema.ts';
import { listJson, listTarget } from '#platform/metadata/option-lists.ts';
import { asJson, customisationsOf, type Customisation } from '#platform/metadata/overlay.ts';
import type { Change, LocatedChange } from './change.ts';
import type { Draft, Fact, Fit, StepResult } from './draft.ts';
import type { CoreState } from './state.ts';
import { addField } from './steps/add-field.ts';
import { changeField } from './steps/change-field.ts';
import { changeObject, dropObject, restoreObject, retireObject } from './steps/change-object.ts';
import { addObject } from './steps/objects.ts';
import { addOptionList, changeOptionList, dropOptionList } from './steps/option-lists.ts';
import { generateLayout, removeView, resetLayout, setAccess, setLayout, setView } from './steps/pages.ts';
import { dropField, restoreField, retireField } from './steps/remove-field.ts';
import type { ObjectPatches } from './version-rows.ts';

/** Whatever a step needs besides the metadata itself. */
export type PlanContext = {
  readonly language: Language;
  readonly roles: ReadonlySet<string>;
  readonly modules: ReadonlySet<string>;
  readonly now: string;
};

/** What a version would be: the objects and lists it leads to, what it tells, and what the owning services must say first. */
export type Plan = {
  readonly kind: string;
  readonly summary: Label;
  readonly changes: Json;
  readonly objects: readonly ObjectDefinition[];
  readonly lists: ReadonlyMap<string, OptionList>;
  readonly facts: readonly Fact[];
  readonly fits: readonly Fit[];
  /** Objects that the request itself named, in its order. */
  readonly subjects: readonly string[];
  readonly undoes?: number;
};

/** What is written for a plan: the steps there and back, and the customised layer that follows. `ids` are objects and lists. */
export type Consequences = {
  readonly forward: readonly ObjectPatches[];
  readonly inverse: readonly ObjectPatches[];
  readonly objects: readonly string[];
  readonly ids: readonly string[];
  readonly modules: readonly string[];
  readonly owners: readonly string[];
  readonly customisations: ReadonlyMap<string, readonly Customisation[]>;
};

/** A draft of the metadata to work changes into. */
export function draftOf(state: CoreState, context: PlanContext): Draft {
  const taken = new Set(state.objects.flatMap((object) => [object.id, ...object.fields.map((field) => field.id)]));
  const standard = new Map(state.standard.map((object) => [object.id, object]));
  return { ...context, objects: new Map(state.byId), lists: new Map(state.lists), standard, newId: () => newId(taken) };
}

/** Works the changes in, one after the other; throws the first refusal, pointing into the request. */
export function planChanges(state: CoreState, changes: readonly LocatedChange[], context: PlanContext): Plan {
  const draft = draftOf(state, context);
  const results = changes.map((one) => pointed(one.pointer, () => step(draft, one.change)));
  const [first] = changes;
  return {
    kind: changes.length === 1 && first ? first.change.kind : 'changes',
    summary: joined(results.map((result) => result.summary)),
    changes: trusted<Json>(changes.map((one) => one.change)),
    ...outcomeOf(draft),
    facts: results.flatMap((result) => result.facts),
    fits: results.flatMap((result) => result.fits ?? []),
    subjects: results.flatMap((result) => result.object ?? []),
  };
}

/** What a draft has become. */
export function outcomeOf(draft: Draft): Pick<Plan, 'objects' | 'lists'> {
  return { objects: [...draft.objects.values()], lists: draft.lists };
}

function step(draft: Draft, change: Change): StepResult {
  switch (change.kind) {
    case 'addField':
      return addField(draft, change);
    case 'changeField':
      return changeField(draft, change);
    case 'retireField':
      return retireField(draft, change);
    case 'restoreField':
      return restoreField(draft, change);
    case 'dropField':
      return dropField(draft, change);
    case 'addObject':
      return addObject(draft, change);
    case 'changeObject':
      return changeObject(draft, change);
    case 'retireObject':
      return retireObject(draft, change);
    case 'restoreObject':
      return restoreObject(draft, change);
    case 'dropObject':
      return dropObject(draft, change);
    case 'setLayout':
      return setLayout(draft, change);
    case 'resetLayout':
      return resetLayout(draft, change);
    case 'generateLayout':
      return generateLayout(draft, change);
    case 'setView':
      return setView(draft, change);
    case 'removeView':
      return removeView(draft, change);
    case 'addOptionList':
      return addOptionList(draft, change);
    case 'changeOptionList':
      return changeOptionList(draft, change);
    case 'dropOptionList':
      return dropOptionList(draft, change);
    case 'setAccess':
      return setAccess(draft, change);
  }
}

/** What goes wrong in there is told where it stands in the request. */
export function pointed<T>(pointer: string, run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (error instanceof Refusal && pointer !== '' && error.details.errors) refuseProblems(under(pointer, error.details.errors));
    throw error;
  }
}

const SUMMARY_PARTS = 5;

function joined(summaries: readonly Label[]): Label {
  const more = summaries.length - SUMMARY_PARTS;
  const text = (read: (label: Label) => string, rest: string) =>
    summaries.slice(0, SUMMARY_PARTS).map(read).join('; ') + (more > 0 ? `; ${more} ${rest}` : '');
  return { en: text((label) => label.en, 'more'), de: text((label) => label.de ?? label.en, 'weitere') };
}

/** What must be written so that the metadata become what the plan says. Generated layouts are nobody's change. */
export function consequencesOf(state: CoreState, plan: Plan): Consequences {
  const after = new Map(plan.objects.map((object) => [object.id, object]));
  const standard = new Map(state.standard.map((object) => [object.id, object]));
  const ids = [...new Set([...state.byId.keys(), ...after.keys()])].filter((id) => isChanged(state.byId.get(id), after.get(id)));
  const between = (from: (id: string) => Json | undefined, to: (id: string) => Json | undefined) =>
    ids.map((id): ObjectPatches => ({ object: id, patches: diff(from(id), to(id)) })).filter(({ patches }) => patches.length > 0);
  const before = (id: string) => drawn(state.byId.get(id));
  const then = (id: string) => drawn(after.get(id));
  const lists = changedLists(state, plan);
  const touched = ids.flatMap((id) => [state.byId.get(id), after.get(id)]).filter((object) => object !== undefined);
  const names = new Set(touched.map((object) => object.name));
  const customised = ids.map((id) => {
    const effective = after.get(id);
    const previous = state.customisations.get(id) ?? [];
    return [id, effective ? customisationsOf(standard.get(id), effective, previous) : []] as const;
  });
  return {
    forward: [...lists.map((list) => list.forward), ...between(before, then)],
    inverse: [...lists.map((list) => list.inverse), ...between(then, before)],
    ids: [...ids, ...lists.map((list) => list.forward.object)],
    objects: [...names].sort(),
    modules: [...new Set([...modulesWith(state.objects, names), ...modulesWith(plan.objects, names)])].sort(),
    owners: [...new Set(touched.map((object) => object.module))].sort(),
    customisations: new Map([...customised, ...lists.map(({ forward, rows }) => [forward.object, rows] as const)]),
  };
}

/** An object has changed too when a list has that its fields use. */
function isChanged(before: ObjectDefinition | undefined, after: ObjectDefinition | undefined): boolean {
  return before !== after && (!isDeepStrictEqual(drawn(before), drawn(after)) || !isDeepStrictEqual(optionsOf(before), optionsOf(after)));
}

function optionsOf(object: ObjectDefinition | undefined) {
  return object?.fields.map((field) => field.options);
}

type ListChange = { readonly forward: ObjectPatches; readonly inverse: ObjectPatches; readonly rows: readonly Customisation[] };

function changedLists(state: CoreState, plan: Plan): readonly ListChange[] {
  const names = [...new Set([...state.lists.keys(), ...plan.lists.keys()])].filter(
    (name) => state.lists.get(name) !== plan.lists.get(name),
  );
  return names.flatMap((name) => {
    const [before, after] = [listJson(state.lists.get(name)), listJson(plan.lists.get(name))];
    const target = listTarget(name);
    const rows = diff(undefined, after).map((patch) => ({ ...patch, target }));
    const forward = { object: target, patches: diff(before, after) };
    return forward.patches.length === 0 ? [] : [{ forward, inverse: { object: target, patches: diff(after, before) }, rows }];
  });
}

/** An object without its generated layouts: what people decided. */
export function drawn(object: ObjectDefinition | undefined): Json | undefined {
  return object && asJson({ ...object, layouts: object.layouts.filter((layout) => layout.generated !== true) });
}

const ALPHABET = '0123456789abcdefghijkmnpqrstuvwxyz';

/** Twelve characters that are in nobody's use: 61 bits, enough for ids to stay apart when environments are merged. */
function newId(taken: Set<string>): string {
  const id = Array.from(randomBytes(12), (byte) => ALPHABET[byte % ALPHABET.length] ?? '0').join('');
  if (taken.has(id)) return newId(taken);
  taken.add(id);
  return id;
}
