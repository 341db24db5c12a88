import { sentence } from '#platform/kernel/sentence.ts';
import type { Caller } from '#platform/kernel/caller.ts';
import { Refusal } from '#platform/kernel/errors.ts';
import type { ObjectDefinition } from '#platform/kernel/model.ts';
import type { RecordValues } from '#platform/kernel/module.ts';
import { statusField } from '#platform/kernel/status-field.ts';
import { systemCaller } from '#platform/kernel/system-caller.ts';
import type { SchemaIndex } from '#platform/metadata/schema-index.ts';
import type { Transaction } from '../database.ts';
import type { Store } from '../store.ts';
import type { Change, Differences, Draft, SaveOptions, Saved } from './change.ts';
import { childFields } from './children.ts';
import { canHoldFiles } from './held-files.ts';
import { hooksOf } from './hooks.ts';
import type { Query } from './load.ts';
import { recordEventType, type OutboxRow } from './outbox-row.ts';
import { renderRecord } from './render.ts';
import { treeFields } from './tree-cycle.ts';
import { duplicateOf } from './unique.ts';

/** Everything a save works with: one schema version, one caller. */
export type Saving = {
  readonly store: Store;
  readonly caller: Caller;
  readonly options: SaveOptions;
  readonly index: SchemaIndex;
  readonly system: Caller;
};

/** A save under the schema in force now. */
export function openSaving(store: Store, caller: Caller, options: SaveOptions): Saving {
  return { store, caller, options, index: store.schema(), system: systemCaller(store.module.name) };
}

/** The object in the version of the metadata that this save uses; it may be newer than the one the request was resolved with. */
export function currentObject(index: SchemaIndex, object: ObjectDefinition): ObjectDefinition {
  return index.objects.find((candidate) => candidate.id === object.id) ?? object;
}

/** The event of a record change; null for objects that make none. */
export function eventOf(
  saving: Saving,
  object: ObjectDefinition,
  at: { what: 'Created' | 'Updated' | 'Deleted'; record: RecordValues; differences: Differences },
): OutboxRow | null {
  if (object.emits === 'none') return null;
  const id = String(at.record['id']);
  const { command, mergedInto } = saving.options;
  return {
    type: recordEventType(object, at.what),
    object: object.name,
    recordId: id,
    subject: `${object.name}/${id}`,
    actor: saving.caller.actor,
    correlationId: saving.options.correlationId,
    causationId: saving.options.causationId,
    workDate: saving.caller.workDate,
    objectVersion: Number(at.record['version']),
    metadataVersion: saving.index.version,
    data: {
      record: at.record,
      changed: at.differences,
      ...(command === undefined ? {} : { command }),
      ...(mergedInto === undefined ? {} : { mergedInto }),
    },
  };
}

/** What the caller gets to see of a save. */
export function savedOf(
  saving: Saving,
  object: ObjectDefinition,
  at: { record: RecordValues; created: boolean; changed: readonly string[] },
): Saved {
  return {
    id: String(at.record['id']),
    version: Number(at.record['version']),
    // Written when it is asked for: an import asks for none.
    get json() {
      return renderRecord({ index: saving.index, permissions: saving.caller.permissions }, object, at.record);
    },
    record: at.record,
    created: at.created,
    changed: at.changed,
  };
}

/** Refuses a change that was made with an older version in view; the current record comes with the refusal. */
export function refuseStale(saving: Saving, change: Change, before: Draft): void {
  if (!('ifVersion' in change) || change.ifVersion === undefined || change.ifVersion === before['version']) return;
  const current = renderRecord({ index: saving.index, permissions: saving.caller.permissions }, change.object, before);
  throw new Refusal(
    'stale_version',
    `This ${change.object.label.en} has been changed since: it is of version ${String(before['version'])} now. Look at the current record and try again.`,
    { current },
  );
}

/** Refuses to change what has left the statuses in which people may edit it. */
export function refuseIssued(saving: Saving, object: ObjectDefinition, before: Draft): void {
  if (saving.options.asSystem || !object.editableIn) return;
  const field = statusField(object);
  const status = field ? before[field.name] : undefined;
  if (typeof status !== 'string' || object.editableIn.includes(status)) return;
  const now = { label: field?.options?.find((option) => option.key === status)?.label ?? { en: status } };
  throw new Refusal(
    'wrong_state',
    sentence(
      (of) => `This ${of(object)} is ${of(now).toLowerCase()} and cannot be changed any more.`,
      (of) => `${of(object)} lässt sich nicht mehr ändern: Der Status ist „${of(now)}“.`,
    ),
  );
}

/** The refusal of a caller without the right: unknown to them when they may not even read it. */
export function denied(saving: Saving, object: ObjectDefinition, verb: string): Refusal {
  const rights = saving.caller.permissions.on(object);
  return rights.read
    ? new Refusal('not_allowed', `You may not ${verb} ${object.pluralLabel.en}.`)
    : new Refusal('not_found', 'There is nothing here.');
}

/** Whether a save of the object needs a transaction: it has children, files or hooks, forms a tree, or is part of one already. */
export function transactional(saving: Saving, object: ObjectDefinition): boolean {
  return (
    saving.options.transaction !== undefined ||
    childFields(saving.index, object).length > 0 ||
    canHoldFiles(saving.index, object) ||
    treeFields(saving.index, object).length > 0 ||
    hooksOf(saving.store.module, object).length > 0
  );
}

/** Runs in the caller's transaction, or in one of its own. */
export function inTransaction<T>(saving: Saving, run: (query: Query) => Promise<T>): Promise<T> {
  const { transaction } = saving.options;
  return transaction ? run(transaction.query) : saving.store.database.transaction((own: Transaction) => run(own.query));
}

/** For `.catch` of a write: a violated unique rule as the refusal it means. */
export function asDuplicate(saving: Saving, object: ObjectDefinition, values: RecordValues): (error: unknown) => Promise<never> {
  return async (error) => {
    throw await duplicateOf(
      error,
      { index: saving.index, object, values, permissions: saving.caller.permissions },
      saving.store.database.read,
    );
  };
}

/** Rows of a child object are written inside their parent, in its transaction and under its version. */
export function refuseChild({ index }: Saving, object: ObjectDefinition): void {
  if (object.parent === undefined) return;
  const parent = index.byName.get(object.parent);
  throw new Refusal(
    'method_not_allowed',
    `${object.pluralLabel.en} are written inside their ${parent?.label.en ?? object.parent}: change that one.`,
  );
}
