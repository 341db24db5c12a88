import { plainText } from '#platform/kernel/json.ts';
import { isRecord } from '#platform/kernel/is-record.ts';
import type { Features, Grant, Label, ObjectDefinition } from '#platform/kernel/model.ts';
import { trusted } from '#platform/kernel/seam.ts';
import type { FieldDraft } from './definition.ts';
import { problem, schemaProblems, type Problem } from './definition-errors.ts';
import { labelFromName, labelSchema, readLabel, type Language } from './label.ts';
import { collectionOf, collectionProblem, objectNameProblem } from './naming.ts';
import { layoutRulesSchema } from './layout-rules.ts';
import { balancedSchema, chainedSchema } from './invariants.ts';
import { noOverlapSchema } from './no-overlap.ts';
import { uniqueTogetherSchema } from './unique-together.ts';
import { compileSchema } from './schema-compiler.ts';

/** The settings of an object that are not lists of parts. */
export type ObjectDraft = Pick<
  ObjectDefinition,
  | 'name'
  | 'module'
  | 'collection'
  | 'label'
  | 'pluralLabel'
  | 'icon'
  | 'parent'
  | 'features'
  | 'emits'
  | 'storedBy'
  | 'editableIn'
  | 'sealedIn'
  | 'balanced'
  | 'chained'
  | 'defaultSort'
  | 'uniqueTogether'
  | 'noOverlap'
  | 'layoutRules'
> & { readonly titleField?: string };

/** How an incoming object is read. `before` is the object that a change starts from. */
export type ObjectContext = { readonly language: Language; readonly before?: ObjectDefinition | undefined };

const flag = { type: 'boolean' } as const;
const FEATURES = ['company', 'owner', 'number', 'status', 'currency', 'history', 'comments', 'attachments', 'fuzzySearch'] as const;
/** On unless they are switched off. */
const FEATURES_ON: readonly string[] = ['history', 'comments', 'attachments'];

/** Settings of an object, as JSON Schema properties. */
export const OBJECT_SETTINGS = {
  name: { type: 'string' },
  module: { type: 'string', pattern: '^[a-z][a-z0-9-]{0,40}$' },
  collection: { type: 'string' },
  label: labelSchema,
  pluralLabel: labelSchema,
  icon: { type: 'string', pattern: '^[a-z][a-z0-9-]{0,60}$' },
  titleField: { type: 'string' },
  parent: { type: 'string' },
  features: {
    type: 'object',
    properties: Object.fromEntries(FEATURES.map((name) => [name, flag])),
    additionalProperties: false,
  },
  emits: { enum: ['record', 'none'] },
  storedBy: { enum: ['eventStore'] },
  editableIn: { type: 'array', items: { type: 'string' }, maxItems: 100 },
  sealedIn: { anyOf: [{ const: true }, { type: 'array', items: { type: 'string' }, maxItems: 100 }] },
  balanced: balancedSchema,
  chained: chainedSchema,
  defaultSort: { type: 'string', maxLength: 500 },
  uniqueTogether: uniqueTogetherSchema,
  noOverlap: noOverlapSchema,
  layoutRules: layoutRulesSchema,
};

/** JSON Schema of a role's rights on one object. */
export const grantSchema = {
  type: 'object',
  properties: {
    read: flag,
    create: flag,
    edit: flag,
    delete: flag,
    purge: flag,
    commands: { anyOf: [{ const: true }, { type: 'array', items: { type: 'string' }, maxItems: 200 }] },
  },
  additionalProperties: false,
} as const;

const checkSettings = compileSchema({
  type: 'object',
  properties: OBJECT_SETTINGS,
  required: ['name', 'module'],
  additionalProperties: false,
});
const checkGrant = compileSchema(grantSchema);

/** Checks the settings of an object; its fields, commands and access are read by others and must not be in the input. */
export function readObject(input: unknown, context: ObjectContext): { draft?: ObjectDraft; problems: readonly Problem[] } {
  if (!isRecord(input)) return { problems: [problem('', 'type', 'An object has name, label and module.')] };
  const given = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== null && value !== undefined));
  const shape = schemaProblems(checkSettings(given), [...Object.keys(OBJECT_SETTINGS), 'fields', 'access']);
  if (shape.length > 0) return { problems: shape };
  const name = String(given['name']);
  const collection = plainText(given['collection'] ?? collectionOf(name));
  const texts = readTexts(given, name, context);
  const wrong = [
    ['/name', objectNameProblem(name)],
    ['/collection', collectionProblem(collection)],
  ] as const;
  const problems = [
    ...wrong.flatMap(([pointer, message]) =>
      message === null ? [] : [problem(pointer, 'name', `"${pointer === '/name' ? name : collection}" ${message}.`)],
    ),
    ...texts.problems,
  ];
  if (problems.length > 0) return { problems };
  return { draft: draftOf(given, { collection, ...texts.values }), problems: [] };
}

/** Features as they are stored: history, comments and attachments are on unless switched off. */
function featuresOf(value: unknown): Features {
  const given = isRecord(value) ? value : {};
  const on = FEATURES.filter((name) => (FEATURES_ON.includes(name) ? given[name] !== false : given[name] === true));
  const off = FEATURES.filter((name) => FEATURES_ON.includes(name) && given[name] === false);
  return Object.fromEntries<boolean>([...on.map((name) => [name, true] as const), ...off.map((name) => [name, false] as const)]);
}

/** The schema above has checked the types, which is what the seam stands on. */
function draftOf(given: { readonly [key: string]: unknown }, read: { collection: string; label: Label; pluralLabel: Label }): ObjectDraft {
  return trusted<ObjectDraft>({ ...given, ...read, features: featuresOf(given['features']) });
}

function readTexts(
  given: { readonly [key: string]: unknown },
  name: string,
  context: ObjectContext,
): { values: { label: Label; pluralLabel: Label }; problems: readonly Problem[] } {
  const { before, language } = context;
  const fallback = before?.label ?? labelFromName(name);
  const label = readLabel(given['label'] ?? fallback, {
    language,
    before: before?.label,
    pointer: '/label',
    maxLength: 120,
  });
  const plural = before?.pluralLabel ?? label.label ?? fallback;
  const pluralLabel = readLabel(given['pluralLabel'] ?? plural, {
    language,
    before: before?.pluralLabel,
    pointer: '/pluralLabel',
    maxLength: 120,
  });
  return {
    values: { label: label.label ?? fallback, pluralLabel: pluralLabel.label ?? plural },
    problems: [...label.problems, ...pluralLabel.problems],
  };
}

/** Checks a role's rights on an object. */
export function readGrant(input: unknown): { grant?: Grant; problems: readonly Problem[] } {
  const problems = schemaProblems(checkGrant(input), Object.keys(grantSchema.properties));
  return problems.length > 0 ? { problems } : { grant: trusted<Grant>(input), problems: [] };
}

/** The fields that features stand for and the object does not define itself. */
export function featureFields(features: Features, defined: ReadonlySet<string>, prefix: string): readonly FieldDraft[] {
  const made: FieldDraft[] = [];
  if (features.number === true)
    made.push({
      name: 'number',
      label: { en: 'Number', de: 'Nummer' },
      type: 'autoNumber',
      format: `${prefix}-{00000}`,
      unique: true,
      readOnly: true,
      searchable: true,
    });
  if (features.status === true)
    made.push({
      name: 'status',
      label: { en: 'Status', de: 'Status' },
      type: 'status',
      initial: 'open',
      options: STATUS_OPTIONS,
      indexed: true,
    });
  if (features.currency === true)
    made.push({
      name: 'currency',
      label: { en: 'Currency', de: 'Währung' },
      type: 'currency',
    });
  return made.filter((field) => !defined.has(field.name));
}

const STATUS_OPTIONS = [
  { key: 'open', label: { en: 'Open', de: 'Offen' }, color: 'blue' },
  { key: 'active', label: { en: 'In progress', de: 'In Arbeit' }, color: 'yellow' },
  { key: 'done', label: { en: 'Done', de: 'Erledigt' }, color: 'green' },
] as const;
