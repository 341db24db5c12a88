import type { ObjectDefinition } from '#platform/kernel/model.ts';
import { trusted } from '#platform/kernel/seam.ts';
import { readObject, type ObjectDraft } from '#platform/metadata/definition-object.ts';
import { problem, type Problem } from '#platform/metadata/definition-errors.ts';
import { FEATURE_FIELDS, settingsOf } from '../steps/change-object.ts';
import { placeProblems } from '../steps/objects.ts';
import { baseOf } from './customised-file.ts';
import { followFields } from './follow-fields.ts';
import { note, type Following } from './target.ts';

const FIXED = ['name', 'module', 'collection', 'parent'] as const;

/** The object with the settings and fields that its file says. Its pages come when the fields of all objects are known. */
export function followObject(following: Following): ObjectDefinition | undefined {
  const { file, standard, current, target } = following;
  if (file.custom !== true && !standard) {
    note(following, '/id', [problem('', 'unknown', `There is no object "${file.id}" here. The file may come from another release.`)]);
    return undefined;
  }
  if (file.custom === true && (standard || (current && current.custom !== true))) {
    note(following, '/id', [problem('', 'duplicate', `The object "${file.id}" belongs to the standard here.`)]);
    return undefined;
  }
  const read = readObject(standard ? settingsOf(standard, withoutNull(file.settings ?? {})) : file.settings, { language: 'en' });
  note(following, '/settings', read.problems);
  if (!read.draft) return undefined;
  if (!standard) note(following, '/settings', current ? fixedProblems(current, read.draft) : placeProblems(target.draft, read.draft));
  const object = bare(following, read.draft);
  const fields = followFields(following, baseOf(object, standard));
  note(following, '/settings', featureProblems({ ...object, fields }));
  return { ...object, fields };
}

/** What a null takes away is not in the definition that is read. */
function withoutNull(settings: { readonly [name: string]: unknown }): { readonly [name: string]: unknown } {
  return Object.fromEntries(Object.entries(settings).map(([name, value]) => [name, value === null ? undefined : value]));
}

function bare({ file, standard, current }: Following, draft: ObjectDraft): ObjectDefinition {
  const { titleField = 'name', ...settings } = draft;
  if (standard) {
    const set = file.settings ?? {};
    const kept = Object.entries(standard).filter(([name]) => set[name] !== null);
    const changed = Object.entries({ ...settings, titleField }).filter(([name]) => Object.hasOwn(set, name));
    // Of the standard's own settings, and of those that have just been read.
    return trusted<ObjectDefinition>(Object.fromEntries([...kept, ...changed]));
  }
  const place = current ?? { id: file.id, table: `c_${file.id}`, commands: [] };
  return {
    ...settings,
    titleField,
    id: place.id,
    table: place.table,
    commands: place.commands,
    custom: true,
    state: 'active',
    fields: [],
    access: {},
    layouts: [],
    views: [],
    version: 0,
  };
}

function fixedProblems(current: ObjectDefinition, draft: ObjectDraft): readonly Problem[] {
  return FIXED.filter((name) => current[name] !== draft[name]).map((name) =>
    problem(`/${name}`, 'fixed', `The ${name} of an object stays as it is for life; here it is ${current[name] ?? 'none'}.`),
  );
}

function featureProblems({ features, fields, label }: ObjectDefinition): readonly Problem[] {
  const living = new Set(fields.filter((field) => field.state !== 'retired').map((field) => field.name));
  return FEATURE_FIELDS.filter((name) => features[name] === true && !living.has(name)).map((name) =>
    problem('/features', 'required', `${label.en} has the feature ${name}, and needs a field "${name}" for it.`),
  );
}
