import type { Sentence } from '#platform/kernel/sentence.ts';
import { Refusal, type ErrorCode } from '#platform/kernel/errors.ts';
import type { FieldDefinition, Label, ObjectDefinition, OptionList } from '#platform/kernel/model.ts';
import { nearest } from '#platform/kernel/nearest.ts';
import { checkObject } from '#platform/metadata/cross-check.ts';
import { problem, refuseProblems, type Problem } from '#platform/metadata/definition-errors.ts';
import type { FitChange } from '#platform/metadata/fit.ts';
import { withGeneratedLayouts } from '#platform/metadata/generated-layouts.ts';
import type { Language } from '#platform/metadata/label.ts';
import { findField, type FindObject } from '#platform/metadata/layout.ts';
import { withListOptions } from '#platform/metadata/option-lists.ts';

/** What a step tells the rest of the platform: the event that it becomes. */
export type Fact =
  | ObjectFact
  | { readonly type: 'OptionListCreated' | 'OptionListChanged' | 'OptionListDropped'; readonly optionList: string };

/** What happened to an object or a part of it. */
export type ObjectFact = {
  readonly type:
    | 'ObjectCreated'
    | 'ObjectChanged'
    | 'ObjectRetired'
    | 'ObjectRestored'
    | 'ObjectDropped'
    | 'FieldAdded'
    | 'FieldChanged'
    | 'FieldRetired'
    | 'FieldRestored'
    | 'FieldDropped'
    | 'LayoutUpdated'
    | 'ViewUpdated'
    | 'AccessChanged';
  readonly object: string;
  readonly field?: string;
  readonly layout?: string;
};

/** The metadata while a set of changes is worked in, one after the other. Nothing outside sees it before all of them fit. */
export type Draft = {
  readonly objects: Map<string, ObjectDefinition>;
  readonly lists: Map<string, OptionList>;
  /** The objects as they came with the installation, by id: what a reset goes back to. */
  readonly standard: ReadonlyMap<string, ObjectDefinition>;
  readonly language: Language;
  readonly roles: ReadonlySet<string>;
  /** Modules that exist and may hold custom objects. */
  readonly modules: ReadonlySet<string>;
  readonly now: string;
  /** Makes an id that is in nobody's use. */
  readonly newId: () => string;
};

/** What came of one step. `object` is the one that it was about, unless that was a list. `fits` are questions for the owning service: rows that could not follow stop the change when `mustFit`. */
export type StepResult = {
  readonly facts: readonly Fact[];
  readonly summary: Label;
  readonly fits?: readonly Fit[];
  readonly object?: string;
};
export type Fit = FitChange & { readonly module: string; readonly mustFit: boolean };

/** Asks how many rows lose what they have in a field. */
export function goingOf({ module, name }: ObjectDefinition, field: FieldDefinition): Fit {
  return { module, object: name, before: field, after: field, mustFit: false, isGoing: true };
}

/** The object of that name or id; active ones first, so that a retired one does not hide its successor. */
export function objectOf(draft: Draft, named: string): ObjectDefinition {
  const all = [...draft.objects.values()];
  const found =
    all.find((object) => object.name === named && object.state === 'active') ??
    draft.objects.get(named) ??
    all.find((object) => object.name === named);
  if (found) return found;
  throw notFound(
    `There is no object "${named.slice(0, 80)}"`,
    nearest(
      named,
      all.map((object) => object.name),
    ),
  );
}

/** The field of that name, id or alias; active ones first. */
export function fieldOf(object: ObjectDefinition, named: string): FieldDefinition {
  const found =
    findField(object, named) ??
    object.fields.find((field) => field.id === named) ??
    object.fields.findLast((field) => field.name === named);
  if (found) return found;
  throw notFound(
    `${object.label.en} has no field "${named.slice(0, 80)}"`,
    nearest(
      named,
      object.fields.map((field) => field.name),
    ),
  );
}

function notFound(what: string, near: string | undefined): Refusal {
  return new Refusal('not_found', near === undefined ? `${what}.` : `${what}; did you mean "${near}"?`);
}

/** How layouts and views find other objects: active ones by name. */
export function finder(draft: Draft): FindObject {
  const byName = new Map([...draft.objects.values()].filter((object) => object.state === 'active').map((object) => [object.name, object]));
  return (name) => byName.get(name);
}

/** Puts the changed object in its place, with the options of its lists, and its generated layouts made anew. */
export function put(draft: Draft, object: ObjectDefinition): ObjectDefinition {
  const drawn = withGeneratedLayouts(
    withListOptions(object, draft.lists),
    [...draft.objects.values()].filter((one) => one.id !== object.id),
  );
  draft.objects.set(drawn.id, drawn);
  return drawn;
}

/**
 * Puts it in its place and refuses what it brings that does not hold together with the other objects; what was amiss before
 * (a role that is gone since) does not stop a change of something else. Pointers under `strip` lose it: they are about the definition sent.
 */
export function putChecked(draft: Draft, object: ObjectDefinition, strip: string): ObjectDefinition {
  const before = draft.objects.get(object.id);
  const amiss = new Set(
    (before?.state === 'active' ? checkObject(before, finder(draft), draft.roles) : []).map((finding) => finding.pointer + finding.message),
  );
  const drawn = put(draft, object);
  const findings = checkObject(drawn, finder(draft), draft.roles).filter((finding) => !amiss.has(finding.pointer + finding.message));
  refuseProblems(
    findings.map(({ object: _object, part, ...found }): Problem => {
      const rule = refusedRule(found.rule);
      if (strip !== '' && found.pointer.startsWith(`${strip}/`)) return { ...found, pointer: found.pointer.slice(strip.length), rule };
      return { ...found, pointer: part === 'object' ? found.pointer : '', rule };
    }),
  );
  return drawn;
}

/** Refuses an object that does not hold together with the others as they are now, whatever it was before. */
export function refuseAmiss(draft: Draft, id: string): void {
  const object = draft.objects.get(id);
  const findings = object ? checkObject(object, finder(draft)) : [];
  refuseProblems(object ? missingLists(draft, object) : []);
  refuseProblems(findings.map(({ object: _object, part: _part, ...found }) => ({ ...found, rule: refusedRule(found.rule) })));
}

function missingLists({ lists }: Draft, { fields }: ObjectDefinition): readonly Problem[] {
  return fields
    .filter(({ state, optionList }) => state !== 'retired' && optionList !== undefined && !lists.has(optionList))
    .map(({ name, optionList }) => problem(`/fields/${name}/optionList`, 'reference', `There is no option list "${optionList}" any more.`));
}

/** A name inside a value is a refused value (422); `unknown` is left to the names of settings (400). */
function refusedRule(rule: string): string {
  return rule === 'unknown' ? 'reference' : rule;
}

/** A refusal about the metadata as it stands. */
export function cannot(code: ErrorCode, why: string | Sentence): Refusal {
  return new Refusal(code, why);
}
