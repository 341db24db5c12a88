import type { JsonSchema } from '#platform/kernel/field-types/field-type.ts';
import { FIELD_TYPES } from '#platform/kernel/field-types/index.ts';
import { CONDITION_SCHEMAS } from '#platform/metadata/condition-shape.ts';
import { COMMON_SETTINGS } from '#platform/metadata/definition.ts';
import { grantSchema, OBJECT_SETTINGS } from '#platform/metadata/definition-object.ts';
import { LAYOUT_PAGES } from '#platform/kernel/layouts.ts';
import { labelSchema } from '#platform/metadata/label.ts';
import { LIST_SETTINGS } from '#platform/metadata/read-option-list.ts';
import { layoutRulesSchema } from '#platform/metadata/layout-rules.ts';
import { CHANGE_KINDS, CHANGES_MAX } from '../change.ts';
import { named } from './route.ts';

const text: JsonSchema = { type: 'string' };
const flag: JsonSchema = { type: 'boolean' };
const whole: JsonSchema = { type: 'integer' };
const list = (items: JsonSchema): JsonSchema => ({ type: 'array', items });
const object = (properties: { readonly [name: string]: JsonSchema }, required: readonly string[] = []): JsonSchema => ({
  type: 'object',
  properties,
  ...(required.length > 0 ? { required } : {}),
});

const fieldSettings: JsonSchema = {
  title: 'The definition of a field',
  ...object({
    ...Object.fromEntries(FIELD_TYPES.flatMap((type) => Object.entries(type.settings?.properties ?? {}))),
    ...COMMON_SETTINGS,
    type: { enum: FIELD_TYPES.map((type) => type.name) },
    show: { ...list(text), description: 'The layouts at whose end it is placed: detail, create, list.' },
  }),
  examples: [{ name: 'priority', type: 'select', label: 'Priority', options: ['low', 'high'], show: ['detail', 'create', 'list'] }],
};

const label = object({ en: text, de: text }, ['en']);

const option = object({ key: text, label, color: text, retired: flag, aside: flag, visibleWhen: { type: 'object' }, own: flag }, ['key']);

const fieldDefinition = object(
  {
    id: text,
    name: text,
    aliases: list(text),
    label,
    help: label,
    type: text,
    state: { enum: ['active', 'pending', 'retired', 'dropped'] },
    custom: flag,
    system: flag,
    required: flag,
    unique: flag,
    readOnly: flag,
    ...CONDITION_SCHEMAS,
    editable: flag,
    storage: text,
    options: list(option),
    optionList: text,
    target: text,
    version: whole,
  },
  ['id'],
);

const objectDefinition = object(
  {
    id: text,
    name: text,
    module: text,
    collection: text,
    label,
    pluralLabel: label,
    icon: text,
    custom: flag,
    state: { enum: ['active', 'retired', 'pending', 'dropped'] },
    titleField: text,
    parent: text,
    uniqueTogether: list(list(text)),
    features: { type: 'object', additionalProperties: flag },
    fields: list(named('FieldDefinition')),
    commands: list({ type: 'object' }),
    layouts: list(named('Layout')),
    layoutRules: layoutRulesSchema,
    views: list(named('View')),
    permissions: { type: 'object' },
    version: whole,
  },
  ['name'],
);

const change: JsonSchema = {
  type: 'object',
  required: ['kind'],
  properties: {
    kind: { enum: [...CHANGE_KINDS] },
    object: {},
    field: {},
    set: {},
    layout: text,
    value: {},
    view: {},
    optionList: {},
    role: text,
    grant: {},
  },
};

const user = object({ id: text, name: text, email: text, language: text, timeZone: text, roles: list(text) });

/** Schemas that the core's routes name in the documentation. */
export const CORE_SCHEMAS: { readonly [name: string]: JsonSchema } = {
  FieldSettings: fieldSettings,
  FieldDefinition: fieldDefinition,
  OptionListSettings: {
    title: 'The definition of an option list',
    ...object(LIST_SETTINGS),
    examples: [{ name: 'industries', label: 'Industries', options: ['trade', { key: 'crafts', label: 'Crafts', color: 'teal' }] }],
  },
  OptionList: object(
    {
      name: text,
      label,
      options: list(option),
      usedBy: list(object({ object: text, field: text, label, objectLabel: label, module: text })),
      version: whole,
      state: { enum: ['pending', 'dropped'] },
    },
    ['name'],
  ),
  ObjectSettings: {
    title: 'The definition of an object',
    ...object({ ...OBJECT_SETTINGS, access: { type: 'object', additionalProperties: grantSchema }, fields: list(named('FieldSettings')) }),
    examples: [{ name: 'site_visit', module: 'offers', label: 'Site visit', fields: [{ name: 'title', type: 'text' }] }],
  },
  ObjectDefinition: objectDefinition,
  Grant: grantSchema,
  Layout: object({
    name: text,
    page: { enum: [...LAYOUT_PAGES], description: 'Of a layout that is not called like its page.' },
    label: labelSchema,
    tabs: list(object({ id: text, label: labelSchema }, ['id', 'label'])),
    sections: list({ type: 'object' }),
    columns: list(text),
    generated: flag,
    version: whole,
    warnings: { ...list(text), description: 'What people cannot do with the layout that was sent.' },
  }),
  LayoutVersion: object({
    version: { type: ['integer', 'null'] },
    at: { type: 'string', format: 'date-time' },
    by: text,
    byName: text,
    summary: text,
    summaries: { ...label, description: 'The summary in every language.' },
    layout: named('Layout'),
  }),
  View: object({
    id: text,
    name: text,
    label: labelSchema,
    columns: list(text),
    sort: text,
    filter: { type: 'object' },
    display: object({ kind: { enum: ['board', 'calendar'] }, by: text }),
    group: text,
    visibility: { type: 'object' },
    object: { ...text, description: 'Of a view that is listed among those of other objects.' },
  }),
  Changes: object({ changes: { type: 'array', minItems: 1, maxItems: CHANGES_MAX, items: change } }, ['changes']),
  AppliedChanges: object({ version: whole, state: { enum: ['active', 'pending'] }, objects: list(named('ObjectDefinition')) }),
  ChangeEntry: object({
    version: whole,
    at: { type: 'string', format: 'date-time' },
    by: text,
    byName: text,
    kind: text,
    summary: text,
    summaries: { ...label, description: 'The summary in every language.' },
    objects: list(text),
    state: { enum: ['active', 'pending'] },
    undoable: flag,
    undoneBy: whole,
  }),
  Preview: object({
    changes: list(change),
    rows: object({
      affected: { ...whole, description: 'Records that the changes touch; of what goes, those that have a value of it.' },
      isAtLeast: { ...flag, description: 'Counting stopped there.' },
      doNotFit: whole,
      samples: list({ type: 'object' }),
    }),
    dependants: list({ type: 'object' }),
    locks: { enum: ['none', 'short'] },
    seconds: {
      type: 'number',
      description: 'About how long it takes until it is in force, from what such changes took; people go on working.',
    },
    warnings: list(text),
    errors: list(named('FieldError')),
  }),
  Misfits: object({
    items: list(
      object({ object: text, field: text, id: text, title: text, value: {}, record: object({ object: text, id: text }) }, ['object', 'id']),
    ),
    next: { type: ['string', 'null'] },
  }),
  Usage: object({
    rows: { type: ['integer', 'null'], description: 'Living records; null when the owning service does not answer.' },
    isEstimate: { ...flag, description: 'Of large tables some pages are looked at: rows and shares are then about right.' },
    fields: list(
      object(
        {
          id: text,
          name: text,
          filled: { type: ['number', 'null'], description: 'The share of records that have a value, 0 to 1; null where it has no column.' },
          usedIn: list(object({ kind: text, object: text, name: text, label, where: text, isBlocking: flag })),
        },
        ['id', 'name'],
      ),
    ),
    numbers: {
      type: ['array', 'null'],
      items: object({ field: text, company: { type: ['string', 'null'] }, year: { type: ['string', 'null'] }, last: whole }),
      description: 'What was drawn last of each series of numbers; null when the owning service does not answer.',
    },
    fieldsMost: { ...whole, description: 'How many fields an object may have.' },
  }),
  MetadataFiles: object({ format: { const: 1 }, version: whole, files: { type: 'object', additionalProperties: { type: 'object' } } }, [
    'format',
    'files',
  ]),
  FilesToPlan: object({ format: { const: 1 }, files: { type: 'object', additionalProperties: { type: 'object' } }, delete: list(text) }, [
    'format',
    'files',
  ]),
  FilesToApply: object(
    { format: { const: 1 }, files: { type: 'object', additionalProperties: { type: 'object' } }, delete: list(text), version: whole },
    ['format', 'files', 'version'],
  ),
  FilesPlan: object({
    version: whole,
    lines: list(
      object({ op: { enum: ['add', 'change', 'remove'] }, kind: text, address: text, settings: list({ type: 'object' }) }, [
        'op',
        'address',
      ]),
    ),
    kept: list(object({ kind: text, address: text })),
    rows: list(object({ address: text, affected: whole, doNotFit: whole, mustFit: flag, samples: list({ type: 'object' }) })),
    dependants: list({ type: 'object' }),
  }),
  ServiceState: object(
    {
      module: text,
      reachable: flag,
      ready: flag,
      checks: list({ type: 'object' }),
      version: whole,
      lag: whole,
      error: { type: ['string', 'null'] },
    },
    ['module'],
  ),
  Session: object({ user, token: text }, ['user', 'token']),
  Setup: {
    ...object(
      {
        token: text,
        company: object({ name: text, country: text, currency: text, timeZone: text }, ['name', 'country']),
        user: object({ name: text, email: text, password: { type: 'string', minLength: 10, maxLength: 200 }, language: text }, [
          'name',
          'email',
          'password',
        ]),
      },
      ['token', 'company', 'user'],
    ),
  },
  Me: object({ user, company: { type: ['object', 'null'] }, currency: { type: ['string', 'null'] }, administrator: flag }, [
    'user',
    'administrator',
  ]),
  MeChange: object({ language: { enum: ['en', 'de'] }, timeZone: text, password: text, currentPassword: text }),
};
