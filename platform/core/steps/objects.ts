import { sentence, type Sentence } from '#platform/kernel/sentence.ts';
import { isRecord } from '#platform/kernel/is-record.ts';
import type { FieldDefinition, Grant, ObjectDefinition } from '#platform/kernel/model.ts';
import { MODULE_SETTINGS } from '#platform/metadata/customised-schema.ts';
import { featureFields, readGrant, readObject, type ObjectDraft } from '#platform/metadata/definition-object.ts';
import { readField, type FieldDraft } from '#platform/metadata/definition.ts';
import { escapePointer, problem, refuseProblems, under, type Problem } from '#platform/metadata/definition-errors.ts';
import { systemFields } from '#platform/metadata/system-fields.ts';
import { cannot, putChecked, type Draft, type StepResult } from '../draft.ts';

const NAME_FIELD: FieldDraft = {
  name: 'name',
  label: { en: 'Name', de: 'Name' },
  type: 'text',
  required: true,
  searchable: true,
};
const FIELDS_AT_ONCE = 200;

/** A new custom object in the module that the administrator picks, for life. Without fields it gets a name. */
export function addObject(draft: Draft, change: { readonly object: unknown }): StepResult {
  const input = isRecord(change.object) ? change.object : {};
  const { fields: fieldList, access: accessInput, ...settings } = input;
  const read = readObject(isRecord(change.object) ? settings : change.object, { language: draft.language });
  refuseProblems([...read.problems, ...foreignSettings(input)]);
  if (!read.draft) throw new Error('A definition without problems has a draft');
  const placing = placeProblems(draft, read.draft);
  const access = readAccess(accessInput);
  const fields = readFields(fieldList, { draft, object: read.draft });
  refuseProblems([...placing, ...access.problems, ...fields.problems]);
  const id = draft.newId();
  const own = withFeatures(read.draft, fields.drafts);
  const object = assembled(draft, { id, settings: read.draft, fields: own, access: access.grants });
  const made = putChecked(draft, object, '');
  return {
    facts: [{ type: 'ObjectCreated', object: made.name }],
    summary: sentence(
      (of) => `Object ${of(made)} defined`,
      (of) => `Objekt ${of(made)} angelegt`,
    ),
    object: made.id,
  };
}

/** Settings that only the module's own metadata may have. */
function foreignSettings(input: { readonly [key: string]: unknown }): readonly Problem[] {
  return MODULE_SETTINGS.filter((name) => Object.hasOwn(input, name)).map((name) =>
    problem(`/${name}`, 'unknown', `"${name}" is for objects that come with code.`),
  );
}

/** Why an object with these settings cannot be made beside those that are there. */
export function placeProblems(draft: Draft, settings: ObjectDraft): readonly Problem[] {
  const all = [...draft.objects.values()];
  const isOpen = draft.modules.has(settings.module) && settings.module !== 'platform' && settings.module !== 'audit';
  const names = [...draft.modules].filter((name) => name !== 'platform' && name !== 'audit').sort();
  const parent =
    settings.parent === undefined ? undefined : all.find((object) => object.name === settings.parent && object.state === 'active');
  return [
    ...(isOpen ? [] : [problem('/module', 'module', `A custom object lives in one of ${names.join(', ')}.`)]),
    ...(all.some((object) => object.name === settings.name)
      ? [
          problem(
            '/name',
            'duplicate',
            `There is an object "${settings.name}" already${all.some((object) => object.name === settings.name && object.state === 'retired') ? ' (retired)' : ''}.`,
          ),
        ]
      : []),
    ...(all.some((object) => object.module === settings.module && object.collection === settings.collection)
      ? [problem('/collection', 'duplicate', `The collection "${settings.collection}" is taken in ${settings.module}.`)]
      : []),
    ...(settings.parent !== undefined && !parent ? [problem('/parent', 'reference', `There is no object "${settings.parent}".`)] : []),
    ...(parent && parent.module !== settings.module
      ? [problem('/parent', 'module', `Rows live in the module of their parent, ${parent.module}.`)]
      : []),
    ...(parent?.parent !== undefined
      ? [problem('/parent', 'depth', `${parent.label.en} are rows themselves; they cannot hold rows.`)]
      : []),
  ];
}

function readAccess(input: unknown): { grants: Readonly<Record<string, Grant>>; problems: readonly Problem[] } {
  if (input === undefined || input === null) return { grants: {}, problems: [] };
  if (!isRecord(input))
    return {
      grants: {},
      problems: [problem('/access', 'type', 'Access is an object: role → {read, create, edit, delete}.')],
    };
  const read = Object.entries(input).map(([role, grant]) => ({ role, ...readGrant(grant) }));
  return {
    grants: Object.fromEntries(read.flatMap((one) => (one.grant ? [[one.role, one.grant] as const] : []))),
    problems: read.flatMap((one) => under(`/access/${escapePointer(one.role)}`, one.problems)),
  };
}

type Reading = { readonly draft: Draft; readonly object: ObjectDraft };

function readFields(input: unknown, { draft, object }: Reading): { drafts: readonly FieldDraft[]; problems: readonly Problem[] } {
  if (input === undefined || input === null) return { drafts: [], problems: [] };
  if (!Array.isArray(input)) return { drafts: [], problems: [problem('/fields', 'type', 'Fields are a list.')] };
  if (input.length > FIELDS_AT_ONCE)
    return {
      drafts: [],
      problems: [problem('/fields', 'maxItems', `At most ${FIELDS_AT_ONCE} fields are defined at once.`)],
    };
  const read = input.map((field: unknown) => {
    const { show: _show, ...definition } = isRecord(field) ? field : { show: undefined };
    return readField(isRecord(field) ? definition : field, {
      language: draft.language,
      isChild: object.parent !== undefined,
      hasCommands: false,
      lists: draft.lists,
    });
  });
  return {
    drafts: read.flatMap((one) => (one.draft ? [one.draft] : [])),
    problems: read.flatMap((one, position) => under(`/fields/${position}`, one.problems)),
  };
}

function withFeatures(settings: ObjectDraft, drafts: readonly FieldDraft[]): readonly FieldDraft[] {
  const named = new Set(drafts.map((field) => field.name));
  const implied = featureFields(settings.features, named, settings.name.slice(0, 2).toUpperCase());
  const all = [...implied, ...drafts];
  return all.length > implied.length || settings.titleField !== undefined ? all : [...implied, NAME_FIELD];
}

type Parts = {
  readonly id: string;
  readonly settings: ObjectDraft;
  readonly fields: readonly FieldDraft[];
  readonly access: Readonly<Record<string, Grant>>;
};

function assembled(draft: Draft, { id, settings, fields, access }: Parts): ObjectDefinition {
  const own = fields.map((field): FieldDefinition => {
    const fieldId = draft.newId();
    return { ...field, id: fieldId, column: `c_${fieldId}`, state: 'active', custom: true };
  });
  return {
    ...settings,
    id,
    table: `c_${id}`,
    custom: true,
    state: 'active',
    titleField: settings.titleField ?? titleOf(fields),
    fields: [...systemFields({ id, parent: settings.parent, features: settings.features }), ...own],
    commands: [],
    access,
    layouts: [],
    views: [],
    version: 0,
  };
}

function titleOf(fields: readonly FieldDraft[]): string {
  const named = ['name', 'title', 'subject', 'number'].find((name) => fields.some((field) => field.name === name));
  return named ?? fields.find((field) => field.type === 'text')?.name ?? fields.find((field) => field.type !== 'children')?.name ?? 'id';
}

/** Refuses what only custom objects allow. */
export function refuseStandard(object: ObjectDefinition, what: Sentence): void {
  if (object.custom !== true)
    throw cannot(
      'in_use',
      sentence(
        (of) => `${of(object)} is part of ${object.module} and cannot be ${what.en}. Take it from the roles that should not see it.`,
        (of) =>
          `${of(object)} gehört zu ${object.module} und kann nicht ${what.de} werden. Nehmen Sie es den Rollen, die es nicht sehen sollen.`,
      ),
    );
}
