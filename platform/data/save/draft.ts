import { invalidValues, type FieldError } from '#platform/kernel/errors.ts';
import type { FieldDefinition, ObjectDefinition } from '#platform/kernel/model.ts';
import type { RecordValues } from '#platform/kernel/module.ts';
import { apiNameOf } from '#platform/metadata/schema-index.ts';
import { compileValidator } from '#platform/metadata/validator.ts';
import type { Draft } from './change.ts';
import { childFields, childStatements, mergedRows, placed, rowsOf } from './children.ts';
import { conditionErrors } from './conditions.ts';
import { withDefaults } from './defaults.ts';
import { hooksOf, runHooks } from './hooks.ts';
import type { Query } from './load.ts';
import { withSnapshots } from './origins.ts';
import { wholeRecord } from './render.ts';
import { asDuplicate, type Saving } from './saving.ts';
import { storedConditionErrors } from './stored-conditions.ts';
import { refuseUnwritable } from './writable.ts';

/** Permissions, defaults and validation of what was given: all that needs no look at the database. */
export function checkValues(
  saving: Saving,
  object: ObjectDefinition,
  given: { values: RecordValues; operation: 'create' | 'update' },
): Draft {
  refuseUnwritable({ ...saving, asSystem: saving.options.asSystem === true, operation: given.operation }, object, given.values);
  const filled =
    given.operation === 'create' ? withDefaults(given.values, { index: saving.index, object, caller: saving.caller }) : given.values;
  const { values, errors } = compileValidator(saving.index, object)(filled, given.operation);
  if (errors.length > 0) throw invalidValues(errors.map((error) => hidden(saving, object, error)));
  return { ...values };
}

/** An error of a field that the caller may not read says nothing of it. */
function hidden(saving: Saving, object: ObjectDefinition, error: FieldError): FieldError {
  const field = saving.index.fieldsOf(object).byApiName.get(error.pointer.split('/')[1] ?? '');
  if (!field || saving.options.asSystem || saving.caller.permissions.on(object).mayRead(field)) return error;
  return { pointer: '', rule: error.rule, message: 'A value that you may not see is missing or refused. Ask your administrator.' };
}

/** Child rows of the draft: what the request says of them, merged with those that are there; new ones get their defaults. */
export function mergeChildren(
  saving: Saving,
  object: ObjectDefinition,
  at: { id: string; given: RecordValues; draft: RecordValues; before: Draft | null },
): Draft {
  const draft: Draft = { ...at.draft };
  for (const place of childFields(saving.index, object)) {
    const { name } = place.field;
    const current = rowsOf(at.before, name);
    const known = new Set(current.map((row) => row['id']));
    const fill = (row: RecordValues): RecordValues =>
      known.has(row['id']) ? row : withDefaults({ ...row }, { index: saving.index, object: place.child, caller: saving.caller });
    const untold = untoldKeys(saving, place.child);
    draft[name] = placed(mergedRows({ ...place, untold }, at.given, current).map(fill), at.id);
    delete draft[`${name}Patch`];
  }
  return draft;
}

/** What a request cannot say of a row: its place, and unless the platform itself saves, what only the platform sets. */
function untoldKeys(saving: Saving, child: ObjectDefinition): ReadonlySet<string> {
  const isUntold = (field: FieldDefinition): boolean =>
    field.column !== 'id' && (field.system === true || (field.readOnly === true && saving.options.asSystem !== true));
  return new Set(
    saving.index
      .fieldsOf(child)
      .all.filter(isUntold)
      .map((field) => apiNameOf(field)),
  );
}

/** The draft after the hooks, with its snapshots. Refuses what the conditions of its fields do not allow in the record that this makes. */
export async function derive(
  saving: Saving,
  at: { object: ObjectDefinition; draft: Draft; before: Draft | null; query: Query },
): Promise<Draft> {
  const derived = await withSnapshots(saving, { ...at, draft: await hooked(saving, at) });
  const errors = [
    ...conditionErrors(saving, at.object, { asked: at.draft, result: derived, before: at.before }),
    ...storedConditionErrors(saving, at.object, derived),
  ];
  if (errors.length > 0) throw invalidValues(errors.map((error) => hidden(saving, at.object, error)));
  return derived;
}

async function hooked(saving: Saving, at: { object: ObjectDefinition; draft: Draft; before: Draft | null; query: Query }): Promise<Draft> {
  const hooks = hooksOf(saving.store.module, at.object);
  if (hooks.length === 0) return at.draft;
  const source = { index: saving.index, system: saving.system, query: at.query };
  const derived = await runHooks(source, hooks, at);
  const children = childFields(saving.index, at.object).map(
    ({ field }) => [field.name, placed(rowsOf(derived, field.name), String(at.draft['id']))] as const,
  );
  return { ...derived, ...Object.fromEntries(children) };
}

/** The record as it will stand in its table, with what only the platform sets. */
export function complete(saving: Saving, object: ObjectDefinition, at: { values: Draft; before: Draft | null }): RecordValues {
  const now = new Date().toISOString();
  const { actor } = saving.caller;
  const created = at.before ? {} : { version: 1, createdAt: now, createdBy: actor };
  const version = at.before ? { version: Number(at.before['version']) + 1 } : {};
  const whole = wholeRecord(saving.index, object, {
    ...at.values,
    ...created,
    ...version,
    updatedAt: now,
    updatedBy: actor,
  });
  const rows = childFields(saving.index, object).map(
    ({ field, child }) => [field.name, rowsOf(at.values, field.name).map((row) => wholeRecord(saving.index, child, row))] as const,
  );
  return { ...whole, ...Object.fromEntries(rows) };
}

/** Writes the child rows of a record: one statement for those that go, one for those that are new or other. */
export async function writeChildren(
  saving: Saving,
  object: ObjectDefinition,
  at: { before: Draft | null; after: RecordValues; query: Query },
): Promise<void> {
  for (const { field, child } of childFields(saving.index, object)) {
    const before = rowsOf(at.before, field.name).map((row) => wholeRecord(saving.index, child, row));
    for (const statement of childStatements({ index: saving.index, child }, before, rowsOf(at.after, field.name)))
      await at.query(statement).catch(asDuplicate(saving, child, {}));
  }
}
