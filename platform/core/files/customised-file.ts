import { isDeepStrictEqual } from 'node:util';
import { isRecord } from '#platform/kernel/is-record.ts';
import { isList } from '#platform/kernel/json.ts';
import type { FieldDefinition, Json, ObjectDefinition, ViewDefinition } from '#platform/kernel/model.ts';
import { trusted } from '#platform/kernel/seam.ts';
import { CHANGEABLE_SETTINGS, OWN_SETTINGS } from '#platform/metadata/customised-schema.ts';
import { definitionOf } from '#platform/metadata/definition.ts';
import { retyped } from '#platform/metadata/retype.ts';
import { systemFields } from '#platform/metadata/system-fields.ts';
import type { CoreState } from '../state.ts';
import { fileLayout, livingOf, type Living } from './file-layout.ts';

/** Some settings by name, as they stand in a file. */
export type Settings = { readonly [name: string]: Json };

/** What administrators made of one object, as a file; `customised.schema.json` says what each part means. */
export type CustomisedFile = {
  readonly id: string;
  readonly custom?: true;
  readonly settings?: Settings;
  readonly fields?: readonly (Settings & { readonly id: string })[];
  readonly standardFields?: { readonly [id: string]: Settings };
  readonly layouts?: { readonly [name: string]: Settings | null };
  readonly views?: readonly (Settings & { readonly id: string })[];
  readonly removedViews?: readonly string[];
  readonly access?: { readonly [role: string]: Settings | null };
};

/** Files by path, `<module>/<object>.json`. */
export type CustomisedFiles = ReadonlyMap<string, CustomisedFile>;

/** What administrators made of objects, as files: paths and keys sorted, so that a change is a small difference. What is retired is not part of it. */
export function exportObjects(state: Pick<CoreState, 'objects' | 'standard'>): CustomisedFiles {
  const standard = new Map(state.standard.map((object) => [object.id, object]));
  const living = livingOf(state.objects);
  const files = state.objects
    .filter((object) => object.state === 'active')
    .map((object) => [pathOf(object), fileOf(object, standard.get(object.id), living)] as const)
    .filter(([, file]) => Object.keys(file).length > 1);
  return new Map(files.sort(([left], [right]) => (left < right ? -1 : 1)));
}

/** Where the file of an object stands. */
export function pathOf(object: { readonly module: string; readonly name: string }): string {
  return `${object.module}/${object.name}.json`;
}

/** The file of one object, given what the standard says of it. */
export function fileOf(object: ObjectDefinition, standard: ObjectDefinition | undefined, living: Living): CustomisedFile {
  const base = baseOf(object, standard);
  const names = standard ? CHANGEABLE_SETTINGS : OWN_SETTINGS;
  const settings = changed(pick(base, standard ? names : []), pick(object, names));
  const own = object.fields.filter((field) => field.custom === true && field.state !== 'retired');
  const views = new Map(base.views.map((view) => [view.id, asJson(view)]));
  const parts: { readonly [part in keyof CustomisedFile]?: unknown } = {
    settings,
    fields: own.map((field) => ownField(field)),
    standardFields: changedFields(base.fields, object.fields),
    layouts: changedLayouts(base, object, living),
    views: object.views.filter((view) => !isDeepStrictEqual(asJson(view), views.get(view.id))).map(sharedView),
    removedViews: [...views.keys()].filter((id) => !object.views.some((view) => view.id === id)).sort(),
    access: changed(trusted<Settings>(asJson(base.access)), trusted<Settings>(asJson(object.access))),
  };
  const filled = Object.entries(parts).filter(([, part]) => (isList(part) ? part.length > 0 : Object.keys(part ?? {}).length > 0));
  // Made of metadata that were checked when they were written.
  return trusted<CustomisedFile>(sorted({ id: object.id, ...(standard ? {} : { custom: true }), ...asRecord(filled) }));
}

/** What an object would be without what administrators made of it: the standard's, or nothing but the fields that every object has. */
export function baseOf(object: ObjectDefinition, standard: ObjectDefinition | undefined): ObjectDefinition {
  const own = (standard?.fields ?? []).filter((field) => field.system !== true);
  const fields = [...systemFields({ id: object.id, parent: object.parent, features: object.features }), ...own];
  const drawn = (standard?.layouts ?? []).filter((layout) => layout.generated !== true);
  return { ...object, ...standard, fields, layouts: drawn, views: standard?.views ?? [], access: standard?.access ?? {} };
}

/** A field of their own as its file has it; one that is on its way to another type as it will be. */
export function ownField(field: FieldDefinition): Settings & { readonly id: string } {
  const aliases = field.aliases === undefined ? {} : { aliases: field.aliases };
  return trusted<Settings & { readonly id: string }>(asJson({ id: field.id, ...aliases, ...definitionOf(retyped(field)) }));
}

/** What was changed of a field of the standard; nothing when it is as the standard says. */
export function changedField(base: FieldDefinition, field: FieldDefinition): Settings {
  const settings = changed(trusted<Settings>(asJson(definitionOf(base))), trusted<Settings>(asJson(definitionOf(field))));
  return { ...settings, ...(field.state === 'retired' && base.state !== 'retired' ? { retired: true } : {}) };
}

function changedFields(base: readonly FieldDefinition[], fields: readonly FieldDefinition[]): { readonly [id: string]: Settings } {
  const now = new Map(fields.map((field) => [field.id, field]));
  return Object.fromEntries(
    base.flatMap((field) => {
      const settings = changedField(field, now.get(field.id) ?? field);
      return Object.keys(settings).length === 0 ? [] : [[field.id, settings] as const];
    }),
  );
}

function changedLayouts(base: ObjectDefinition, object: ObjectDefinition, living: Living): { readonly [name: string]: Json } {
  const layouts = (one: ObjectDefinition) =>
    Object.fromEntries(
      one.layouts.filter((layout) => layout.generated !== true).map((layout) => [layout.name, fileLayout(layout, living)]),
    );
  return changed(layouts(base), layouts(object));
}

/** A view as its file has it. */
export function sharedView(view: ViewDefinition): Settings & { readonly id: string } {
  return trusted<Settings & { readonly id: string }>(asJson(view));
}

/** The entries that are not what they were; null for those that are gone. */
function changed(before: Settings, after: Settings): Settings {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return Object.fromEntries(
    names.filter((name) => !isDeepStrictEqual(before[name], after[name])).map((name) => [name, after[name] ?? null] as const),
  );
}

function pick(object: ObjectDefinition, names: readonly string[]): Settings {
  const json = trusted<Settings>(asJson(object));
  return Object.fromEntries(Object.entries(json).filter(([name]) => names.includes(name)));
}

/** The value as parsed JSON has it: metadata are plain data. */
function asJson(value: unknown): Json {
  return trusted<Json>(JSON.parse(JSON.stringify(value)));
}

function asRecord(entries: readonly (readonly [string, unknown])[]): { readonly [name: string]: unknown } {
  return Object.fromEntries(entries);
}

/** Plain data with the keys of every object in the order of the alphabet; lists keep theirs. */
export function sorted(value: unknown): unknown {
  if (isList(value)) return value.map(sorted);
  if (!isRecord(value)) return value;
  const names = Object.keys(value).sort();
  return Object.fromEntries(names.map((name) => [name, sorted(value[name])]));
}
