import { DRAWN_TYPES } from '#platform/kernel/given-types.ts';
import { isList } from '#platform/kernel/json.ts';
import type { FieldError } from '#platform/kernel/errors.ts';
import { isEmpty } from '#platform/kernel/conditions/compare.ts';
import { isAlwaysRequired } from '#platform/kernel/conditions/field-rules.ts';
import { ValueProblem, type FieldType } from '#platform/kernel/field-types/field-type.ts';
import { fieldType } from '#platform/kernel/field-types/index.ts';
import { isRecord } from '#platform/kernel/is-record.ts';
import type { FieldDefinition, ObjectDefinition } from '#platform/kernel/model.ts';
import type { RecordValues } from '#platform/kernel/module.ts';
import { perObject } from './per-object.ts';
import { compileSchema, type CheckSchema } from './schema-compiler.ts';
import { apiNameOf, type SchemaIndex } from './schema-index.ts';
import { unstorable } from './text-check.ts';
import { retypeProblem } from './retype.ts';
import { limitIn, limitOf, ruleOf, schemaMessage, sentenceOf } from './validation-messages.ts';

/** `create`: every required field must have a value. `update`: only what is given is checked, and required fields cannot be cleared. */
export type Operation = 'create' | 'update';

/** Canonical values under current API names (unknown keys untouched), and what is refused. With errors the values are not to be stored. */
export type Validated = { readonly values: RecordValues; readonly errors: readonly FieldError[] };

/** Checks and normalises the values of one record. Give it the values that are to be written, not the whole record. */
export type ValidateRecord = (values: RecordValues, operation: Operation) => Validated;

const NESTING_MAX = 4;
const ROWS_MAX = 1000;
/** Given by the platform, never missing in a request. */

/**
 * The validator of an object under one metadata version, compiled at first use and kept as long as the index lives.
 * Children are checked by their own object's validator: a row with an `id` as an update, one without as a create.
 */
export function compileValidator(index: SchemaIndex, object: ObjectDefinition): ValidateRecord {
  return (values, operation) => {
    const errors: FieldError[] = [];
    const run: Run = { index, operation, pointer: '', depth: 0, errors };
    return { values: checkRecord(compiledOf(index, object), values, run), errors };
  };
}

/** Every key that may stand in a body for this object: API names and their aliases, `<lines>Patch` of children. Whether the caller may is another question. */
export function allowedKeys(index: SchemaIndex, object: ObjectDefinition): ReadonlySet<string> {
  return compiledOf(index, object).keys;
}

type Problem = Omit<FieldError, 'pointer' | 'field'>;
type Part = { readonly field: FieldDefinition; readonly type: FieldType; readonly key: string };
type Compiled = {
  readonly byKey: ReadonlyMap<string, Part>;
  readonly required: readonly Part[];
  readonly check: CheckSchema;
  /** The children that `<lines>Patch` changes. */
  readonly patches: ReadonlyMap<string, Part>;
  readonly keys: ReadonlySet<string>;
};
type Run = {
  readonly index: SchemaIndex;
  readonly operation: Operation;
  readonly pointer: string;
  readonly depth: number;
  readonly errors: FieldError[];
};

const compiledOf = perObject(compile);

function compile(index: SchemaIndex, object: ObjectDefinition): Compiled {
  const fields = index.fieldsOf(object);
  const part = (field: FieldDefinition): Part => ({ field, type: fieldType(field.type), key: apiNameOf(field) });
  const byKey = new Map([...fields.byApiName].map(([name, field]) => [name, part(field)]));
  const patches = fields.all.filter((field) => field.type === 'children').map((field) => [`${field.name}Patch`, part(field)] as const);
  const properties = Object.fromEntries(
    fields.all.map((field) => [apiNameOf(field), fieldType(field.type).jsonSchema(withAllOptions(field))]),
  );
  return {
    byKey,
    required: fields.all.filter((field) => isAlwaysRequired(field) && field.system !== true && !DRAWN_TYPES.includes(field.type)).map(part),
    check: compileSchema({ type: 'object', properties }),
    patches: new Map(patches),
    keys: new Set([...byKey.keys(), ...patches.map(([name]) => name)]),
  };
}

/** Retired options too: a row may come back with the one that it has. Whether one is newly chosen is looked at with the record as it was. */
function withAllOptions(field: FieldDefinition): FieldDefinition {
  return field.options ? { ...field, options: field.options.map((option) => ({ ...option, retired: false })) } : field;
}

function checkRecord(object: Compiled, given: RecordValues, run: Run): RecordValues {
  const refused = new Set<string>();
  const { values, written } = canonicalKeys(object, given, { refused, run });
  for (const error of object.check(written)) refuseOnce(object, error, { refused, run });
  for (const [key, value] of Object.entries(written)) {
    const part = object.byKey.get(key);
    if (part && !refused.has(key)) values[key] = normalized(part, value, run);
  }
  checkRequired(object, { values, refused, run });
  return values;
}

type State = { readonly refused: Set<string>; readonly run: Run };

/** Aliases become current names; empty text becomes null; what PostgreSQL cannot store is refused before anything reads it. */
function canonicalKeys(
  object: Compiled,
  given: RecordValues,
  state: State,
): { values: Record<string, unknown>; written: Record<string, unknown> } {
  const values: Record<string, unknown> = {};
  const written: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(given)) {
    const part = object.byKey.get(name);
    const patched = object.patches.get(name);
    if (patched && value !== undefined && value !== null) {
      values[name] = checkPatch(patched, value, { given, run: state.run });
      continue;
    }
    if (!part) {
      Object.defineProperty(values, name, { value, enumerable: true, configurable: true, writable: true });
      continue;
    }
    const problem = keyProblem(part, name, given) ?? valueProblem(part, value);
    if (problem) {
      state.refused.add(part.key);
      refuse(state.run, part, problem);
    } else if (value === null || value === undefined || isBlank(part, value)) {
      values[part.key] = null;
    } else {
      written[part.key] = value;
    }
  }
  return { values, written };
}

function keyProblem(part: Part, name: string, given: RecordValues): Problem | null {
  if (name === part.key || !Object.hasOwn(given, part.key)) return null;
  return {
    rule: 'twice',
    message: `${part.field.label.en} is given twice, as ${part.key} and under its former name ${name}.`,
  };
}

function valueProblem(part: Part, value: unknown): Problem | null {
  // Rows of children are checked value by value, each with its own pointer.
  const problem = part.field.type === 'children' ? null : unstorable(value);
  return problem === null ? null : { rule: 'characters', message: `${part.field.label.en} ${problem}.`, label: part.field.label };
}

function isBlank(part: Part, value: unknown): boolean {
  return part.type.storage === 'text' && typeof value === 'string' && value.trim() === '';
}

function refuseOnce(object: Compiled, error: Parameters<typeof schemaMessage>[1], state: State): void {
  const key = (error.instancePath.split('/')[1] ?? '').replaceAll('~1', '/').replaceAll('~0', '~');
  const part = object.byKey.get(key);
  if (!part || state.refused.has(key)) return;
  state.refused.add(key);
  const rule = ruleOf(part.field, error);
  const shown = rule === part.field.type ? { ...error, keyword: rule } : error;
  state.run.errors.push({
    pointer: state.run.pointer + error.instancePath,
    field: key,
    rule,
    message: schemaMessage(part.field, shown),
    label: part.field.label,
    ...limitIn(error),
    ...sentenceOf(part.field, shown),
  });
}

function normalized(part: Part, value: unknown, run: Run): unknown {
  if (part.field.type === 'children') return checkChildren(part, value, { run, pointer: `${run.pointer}/${part.key}` });
  try {
    const canonical = part.type.normalize ? part.type.normalize(value, part.field) : value;
    const problem = retypeProblem(part.field, canonical);
    if (problem !== null) refuse(run, part, { rule: 'retype', message: `${part.field.label.en} ${problem}.` });
    return canonical;
  } catch (problem) {
    if (!(problem instanceof ValueProblem)) throw problem;
    const said = { label: part.field.label, ...limitOf(part.field, problem) };
    refuse(run, part, { rule: problem.rule, message: `${part.field.label.en} ${problem.message}.`, ...said });
    return value;
  }
}

/** `{upsert: [rows], delete: [ids]}`: the rows are checked like those of the whole list. */
function checkPatch(part: Part, patch: unknown, at: { given: RecordValues; run: Run }): unknown {
  const { run } = at;
  const key = `${part.key}Patch`;
  const pointer = `${run.pointer}/${key}`;
  const wrong = (rule: string, message: string): void => {
    run.errors.push({ pointer, field: key, rule, message: `${part.field.label.en}: ${message}` });
  };
  if (at.given[part.key] !== undefined) wrong('twice', `give ${part.key} or ${key}, not both.`);
  if (!isRecord(patch)) return wrong('type', 'a patch is {"upsert": [rows], "delete": [ids]}.');
  const { upsert = [], delete: gone = [], ...rest } = patch;
  const [unknown] = Object.keys(rest);
  if (unknown !== undefined) wrong('unknown', `a patch has upsert and delete, not ${unknown.slice(0, 40)}.`);
  if (!isList(upsert) || !upsert.every(isRecord) || upsert.length > ROWS_MAX)
    wrong('upsert', `upsert is a list of at most ${ROWS_MAX} rows.`);
  if (!isList(gone) || !gone.every((id) => typeof id === 'string')) wrong('delete', 'delete is a list of ids.');
  return { upsert: checkChildren(part, upsert, { run, pointer: `${pointer}/upsert` }), delete: gone };
}

function checkChildren(part: Part, rows: unknown, { run, pointer }: { run: Run; pointer: string }): unknown {
  const child = part.field.child === undefined ? undefined : run.index.byName.get(part.field.child);
  if (!child || !isList(rows)) return rows;
  if (run.depth >= NESTING_MAX) {
    refuse(run, part, {
      rule: 'depth',
      message: `${part.field.label.en} is nested more than ${NESTING_MAX} levels deep.`,
    });
    return rows;
  }
  const object = compiledOf(run.index, child);
  return rows.map((row, position) => {
    if (!isRecord(row)) return row;
    const isKnown = run.operation === 'update' && typeof row['id'] === 'string';
    const operation = isKnown ? 'update' : 'create';
    return checkRecord(object, row, { ...run, operation, pointer: `${pointer}/${position}`, depth: run.depth + 1 });
  });
}

function checkRequired(object: Compiled, state: State & { values: RecordValues }): void {
  for (const part of object.required) {
    const { key } = part;
    if (state.refused.has(key)) continue;
    const isGiven = Object.hasOwn(state.values, key);
    if (isGiven ? isEmpty(state.values[key]) : state.run.operation === 'create' && !hasDefault(part.field)) {
      refuse(state.run, part, { rule: 'required', message: `${part.field.label.en} is required.`, label: part.field.label });
    }
  }
}

/** The writer fills in what was left out, in a line of a document too. */
function hasDefault(field: FieldDefinition): boolean {
  return field.default !== undefined && field.default !== null;
}

function refuse(run: Run, part: Part, problem: Problem): void {
  run.errors.push({ pointer: `${run.pointer}/${part.key}`, field: part.key, ...problem });
}
