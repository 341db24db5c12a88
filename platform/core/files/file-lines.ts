import { isDeepStrictEqual } from 'node:util';
import type { Json, ObjectDefinition } from '#platform/kernel/model.ts';
import { trusted } from '#platform/kernel/seam.ts';
import { isJsonList } from '#platform/metadata/diff.ts';
import { OWN_SETTINGS } from '#platform/metadata/customised-schema.ts';
import { ownField, sharedView, type Settings } from './customised-file.ts';
import { fileLayout, type Living } from './file-layout.ts';

/** One line of a plan: what is added, changed or removed; of what is changed, each setting as it is and as it would be. */
export type FileLine = {
  readonly op: 'add' | 'change' | 'remove';
  readonly kind: 'object' | 'field' | 'list' | 'layout' | 'view' | 'access';
  /** `offer`, `offer.priority`, `offer/views/hot`, `offer/layouts/detail`, `offer/access/sales`, `option-lists/ways`. */
  readonly address: string;
  readonly settings: readonly { readonly name: string; readonly before: Json; readonly after: Json }[];
};

type Part = Pick<FileLine, 'kind' | 'address'> & { readonly settings: Settings };

/** What leads from an object to another state of it. A retired one counts as gone; generated layouts are nobody's. */
export function objectLines(
  before: ObjectDefinition | undefined,
  after: ObjectDefinition | undefined,
  living: Living,
): readonly FileLine[] {
  const isNew = before?.state !== 'active';
  const old = partsOf(before, living);
  const young = partsOf(isNew && after ? withoutSystem(after) : after, living);
  if (after?.state !== 'active' && !isNew)
    return [...old.values()].slice(0, 1).map(({ kind, address }) => ({ op: 'remove', kind, address, settings: [] }));
  return [...new Set([...young.keys(), ...old.keys()])].flatMap((key) => lineBetween(old.get(key), young.get(key)));
}

/** Fields that every object has are no news of a new one. */
function withoutSystem(object: ObjectDefinition): ObjectDefinition {
  return { ...object, fields: object.fields.filter((field) => field.system !== true) };
}

function lineBetween(old: Part | undefined, young: Part | undefined): readonly FileLine[] {
  const part = young ?? old;
  if (!part || isDeepStrictEqual(old?.settings, young?.settings)) return [];
  const { kind, address } = part;
  if (!old || !young) return [{ op: young ? 'add' : 'remove', kind, address, settings: [] }];
  const names = [...new Set([...Object.keys(old.settings), ...Object.keys(young.settings)])].sort();
  const settings = names
    .filter((name) => !isDeepStrictEqual(old.settings[name], young.settings[name]))
    .map((name) => ({ name, before: old.settings[name] ?? null, after: young.settings[name] ?? null }));
  return [{ op: 'change', kind, address, settings }];
}

function partsOf(object: ObjectDefinition | undefined, living: Living): ReadonlyMap<string, Part> {
  if (object?.state !== 'active') return new Map();
  const { name } = object;
  const own = Object.entries(object).filter(([setting]) => OWN_SETTINGS.includes(setting));
  const fields = object.fields.filter((field) => field.state !== 'retired');
  const layouts = object.layouts.filter((layout) => layout.generated !== true);
  const part = (kind: FileLine['kind'], address: string, settings: unknown): Part => ({ kind, address, settings: plain(settings) });
  return new Map([
    ['object', part('object', name, Object.fromEntries(own))],
    ...fields.map((field) => [`field ${field.id}`, part('field', `${name}.${field.name}`, ownField(field))] as const),
    ...layouts.map((one) => [`layout ${one.name}`, part('layout', `${name}/layouts/${one.name}`, fileLayout(one, living))] as const),
    ...object.views.map((view) => [`view ${view.id}`, part('view', `${name}/views/${view.name}`, sharedView(view))] as const),
    ...Object.entries(object.access).map(([role, grant]) => [`access ${role}`, part('access', `${name}/access/${role}`, grant)] as const),
  ]);
}

/** Metadata are plain data; what is undefined is not there. */
function plain(value: unknown): Settings {
  return trusted<Settings>(JSON.parse(JSON.stringify(value)));
}

/** The lines as people read them: layouts hold the ids of fields, which say nothing to anybody. A field goes by the name that it will have. */
export function withFieldNames(lines: readonly FileLine[], objects: readonly ObjectDefinition[]): readonly FileLine[] {
  const names = new Map(objects.flatMap((object) => object.fields.map((field) => [field.id, field.name] as const)));
  return lines.map((line) => {
    if (line.kind !== 'layout') return line;
    const named = ({ name, before, after }: FileLine['settings'][number]) => ({
      name,
      before: inWords(before, names),
      after: inWords(after, names),
    });
    return { ...line, settings: line.settings.map(named) };
  });
}

function inWords(value: Json, names: ReadonlyMap<string, string>): Json {
  if (typeof value === 'string') return names.get(value) ?? value;
  if (isJsonList(value)) return value.map((one) => inWords(one, names));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, inWords(one, names)]));
}
