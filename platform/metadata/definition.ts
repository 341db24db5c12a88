import { plainText } from '#platform/kernel/json.ts';
import type { JsonSchema } from '#platform/kernel/field-types/field-type.ts';
import { FIELD_TYPES, fieldType, isFieldType } from '#platform/kernel/field-types/index.ts';
import { isRecord } from '#platform/kernel/is-record.ts';
import type { FieldDefinition, Label, Option } from '#platform/kernel/model.ts';
import { nearest } from '#platform/kernel/nearest.ts';
import { trusted } from '#platform/kernel/seam.ts';
import { CONDITION_SCHEMAS, conditionShapeProblems } from './condition-shape.ts';
import { problem, schemaProblems, type Problem } from './definition-errors.ts';
import { boundsProblems, choiceProblems, defaultProblems, flagProblems, patternProblems, statusProblems } from './definition-rules.ts';
import { labelFromName, labelSchema, readLabel, type Language } from './label.ts';
import { fieldNameProblem } from './naming.ts';
import { conditionOf, type OptionLists } from './option-lists.ts';
import { readOptions } from './options.ts';
import { readListed } from './read-option-list.ts';
import { compileSchema, type CheckSchema } from './schema-compiler.ts';

/** A checked definition of a field that has no id, column or state yet. */
export type FieldDraft = Omit<FieldDefinition, 'id' | 'column' | 'state'>;

/** How an incoming definition is read. `before` is the field that a change starts from; `lists` are those that a field may use. */
export type FieldContext = {
  readonly language: Language;
  readonly isChild: boolean;
  readonly hasCommands: boolean;
  readonly before?: FieldDraft | undefined;
  readonly lists?: OptionLists | undefined;
};

const TEXT_MAX = { label: 120, help: 1000 } as const;
const roles = { type: 'array', items: { type: 'string', maxLength: 60 }, maxItems: 100, uniqueItems: true } as const;

/** Settings that every field type has, as JSON Schema properties. */
export const COMMON_SETTINGS = {
  name: { type: 'string' },
  label: labelSchema,
  help: labelSchema,
  type: { type: 'string' },
  required: { type: 'boolean' },
  unique: { type: 'boolean' },
  indexed: { type: 'boolean' },
  searchable: { type: 'boolean' },
  readOnly: { type: 'boolean' },
  ...CONDITION_SCHEMAS,
  personal: { type: 'boolean' },
  live: { type: 'boolean' },
  default: {},
  access: {
    type: 'object',
    properties: { read: roles, edit: roles },
    additionalProperties: false,
    description:
      'Roles that read and edit it, beside administrators. Left out: administrators only where the field is added to an object that is there; where it is defined together with its object, whoever may read and edit that.',
  },
} as const;

/**
 * Checks an incoming definition of a field and brings it into the form in which metadata is stored. What it refers to
 * (targets, currency fields, roles) is checked with all objects at hand, in cross-check.ts.
 */
export function readField(input: unknown, context: FieldContext): { draft?: FieldDraft; problems: readonly Problem[] } {
  if (!isRecord(input)) return { problems: [problem('', 'type', 'A field is an object with name, label and type.')] };
  const shape = shapeProblems(input);
  if (shape.length > 0) return { problems: shape };
  const given = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== null && value !== undefined));
  const texts = readTexts(given, context);
  const chosen = readChoices(given, context);
  const draft: FieldDraft = { ...settingsOf(given), ...texts.values, ...chosen.values };
  const wrongName = fieldNameProblem(draft.name, context.isChild);
  const problems = [
    ...(wrongName === null ? [] : [problem('/name', 'name', `The name ${wrongName}.`)]),
    ...texts.problems,
    ...chosen.problems,
    ...patternProblems(draft),
    ...boundsProblems(draft),
    ...flagProblems(draft),
    ...(chosen.problems.length > 0 ? [] : choiceProblems(draft)),
    ...statusProblems(draft),
    ...conditionShapeProblems(draft),
  ];
  const all = problems.length > 0 ? problems : defaultProblems(draft);
  return all.length > 0 ? { problems: all } : { draft, problems: [] };
}

/** The settings of a field as a definition that could be sent again: what a change is merged into. What its list says is not part of it. */
export function definitionOf(field: FieldDraft): Readonly<Record<string, unknown>> {
  const known = knownSettings(field.type);
  const { options, ...settings } = field;
  const own = field.optionList === undefined ? options : conditionsOfOptions(options);
  const definition = own === undefined ? settings : { ...settings, options: own };
  return Object.fromEntries(Object.entries(definition).filter(([name]) => known.includes(name)));
}

/** When the options of a list are offered, as a field that uses it says it; undefined when all of them always are. */
export function conditionsOfOptions(options: readonly Option[] = []): readonly object[] | undefined {
  const conditions = options.filter((option) => option.own !== true).flatMap(conditionOf);
  return conditions.length === 0 ? undefined : conditions;
}

/** Names of the settings that a field of this type may have. */
export function knownSettings(type: string): readonly string[] {
  return [...Object.keys(COMMON_SETTINGS), ...Object.keys(fieldType(type).settings?.properties ?? {})];
}

/** JSON Schema of the definition of a field of this type. */
function fieldSchema(type: string): JsonSchema {
  const settings = fieldType(type).settings;
  return {
    type: 'object',
    properties: { ...COMMON_SETTINGS, type: { const: type }, ...settings?.properties },
    required: ['name', 'type', ...(settings?.required ?? [])],
    additionalProperties: false,
  };
}

const checks = new Map<string, CheckSchema>();

function shapeProblems(input: { readonly [key: string]: unknown }): readonly Problem[] {
  const type = input['type'];
  if (typeof type !== 'string' || !isFieldType(type)) return [typeProblem(type)];
  const check = checks.get(type) ?? compileSchema(fieldSchema(type));
  checks.set(type, check);
  const written = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== null));
  return schemaProblems(check(written), knownSettings(type));
}

function typeProblem(type: unknown): Problem {
  const names = FIELD_TYPES.map((one) => one.name);
  if (type === undefined || type === null) return problem('/type', 'required', `"type" is missing: one of ${names.join(', ')}.`);
  const near = nearest(plainText(type), names);
  return problem(
    '/type',
    'enum',
    `There is no field type "${plainText(type).slice(0, 60)}"${near ? `; did you mean "${near}"?` : `: take one of ${names.join(', ')}.`}`,
  );
}

type Read<Values> = { readonly values: Values; readonly problems: readonly Problem[] };

function readTexts(given: { readonly [key: string]: unknown }, context: FieldContext): Read<{ label: Label; help?: Label }> {
  const { language, before } = context;
  const fallback = before?.label ?? labelFromName(String(given['name']));
  const label = readLabel(given['label'] ?? fallback, {
    language,
    before: before?.label,
    pointer: '/label',
    maxLength: TEXT_MAX.label,
  });
  const help =
    given['help'] === undefined
      ? undefined
      : readLabel(given['help'], { language, before: before?.help, pointer: '/help', maxLength: TEXT_MAX.help });
  return {
    values: { label: label.label ?? fallback, ...(help?.label ? { help: help.label } : {}) },
    problems: [...label.problems, ...(help?.problems ?? [])],
  };
}

function readChoices(given: { readonly [key: string]: unknown }, context: FieldContext): Read<Partial<FieldDraft>> {
  const type = String(given['type']);
  const read = readOptionsOf(given, context);
  return {
    values: {
      ...(read?.options ? { options: read.options } : {}),
      ...impliedBy(type, { given, context, options: read?.options }),
    },
    problems: read?.problems ?? [],
  };
}

function readOptionsOf(
  { options, optionList: name }: { readonly [key: string]: unknown },
  { language, before, lists = new Map() }: FieldContext,
): { readonly options?: readonly Option[]; readonly problems: readonly Problem[] } | undefined {
  if (typeof name === 'string') return readListed(lists, { name, given: options, before: before?.options });
  return Array.isArray(options) ? readOptions(options, { language, before: before?.options }) : undefined;
}

type Implied = {
  readonly given: { readonly [key: string]: unknown };
  readonly context: FieldContext;
  readonly options: readonly Option[] | undefined;
};

/** What follows from the type alone, so that nobody has to write it. */
function impliedBy(type: string, { given, context, options }: Implied): Partial<FieldDraft> {
  if (type === 'user') return { target: 'user' };
  if (type === 'externalId') return { unique: true };
  if (type === 'relatedValue' || type === 'snapshot') return { readOnly: true };
  if (type === 'autoNumber')
    return { unique: true, readOnly: true, format: typeof given['format'] === 'string' ? given['format'] : '{00000}' };
  if (type === 'documentNumber')
    return { readOnly: true, format: typeof given['format'] === 'string' ? given['format'] : '{YYYY}-{00000}' };
  if (type !== 'status') return {};
  const initial = typeof given['initial'] === 'string' ? given['initial'] : options?.[0]?.key;
  return { ...(initial === undefined ? {} : { initial }), ...(context.hasCommands ? { readOnly: true } : {}) };
}

/** The settings that are stored as they came: the type's schema has checked them, which is what the seam stands on. */
function settingsOf(given: { readonly [key: string]: unknown }): FieldDraft {
  const { label: _label, help: _help, options: _options, access, ...settings } = given;
  // Absence is what `false` means, except in a default.
  const kept = Object.entries(settings).filter(([name, value]) => value !== false || name === 'default');
  return trusted<FieldDraft>({
    ...Object.fromEntries(kept),
    ...(isRecord(access) ? { access: { read: access['read'] ?? [], edit: access['edit'] ?? [] } } : {}),
  });
}
