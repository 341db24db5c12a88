import { Refusal } from '#platform/kernel/errors.ts';
import type { ObjectDefinition } from '#platform/kernel/model.ts';
import { tell } from '../life/life-events.ts';
import { survivorOf } from '../merge/aliases.ts';
import { tableOf } from '../read/table.ts';
import type { Change, Draft, Saved } from './change.ts';
import { childFields, rowsOf } from './children.ts';
import { releaseAll } from './held-files.ts';
import { askRemoval, hooksOf } from './hooks.ts';
import { loadRecord, notFound, type Life, type Query } from './load.ts';
import { refersTo } from './referring.ts';
import { wholeRecord } from './render.ts';
import { asDuplicate, denied, eventOf, inTransaction, refuseIssued, refuseStale, savedOf, type Saving } from './saving.ts';
import { inUse, refuseUsedElsewhere } from './uses.ts';
import { moveRow, removeRow } from './write-row.ts';

type Removal = Change & { operation: 'delete' | 'restore' | 'purge' };

const WHERE: { readonly [operation in Removal['operation']]: Life } = {
  delete: 'living',
  restore: 'deleted',
  purge: 'any',
};

/** Puts a record into the recycle bin, takes it out again, or removes it for good. Refused while living records refer to it. */
export async function removeRecord(saving: Saving, change: Removal): Promise<Saved> {
  const { object } = change;
  const right = change.operation === 'purge' ? 'purge' : 'delete';
  if (!saving.options.asSystem && !saving.caller.permissions.on(object)[right])
    throw denied(saving, object, right === 'purge' ? 'permanently delete' : change.operation);
  const { asSystem, mergedInto, isUnusedElsewhere } = saving.options;
  const isAsked = change.operation !== 'restore' && asSystem !== true && mergedInto === undefined && isUnusedElsewhere !== true;
  if (isAsked) await refuseUsedElsewhere(saving, object, change.id);
  return inTransaction(saving, async (query) => {
    const before = await loadRecord(query, { index: saving.index, object }, { id: change.id, life: WHERE[change.operation], lock: true });
    if (!before) throw notFound(object, change.id);
    refuseStale(saving, change, before);
    if (change.operation === 'restore') await refuseMerged(query, change);
    else {
      refuseIssued(saving, object, before);
      await refuseUsed(saving, { object, id: change.id, query });
      await askRemoval({ index: saving.index, system: saving.system, query }, hooksOf(saving.store.module, object), before);
    }
    return change.operation === 'purge' ? purge(saving, object, { before, query }) : move(saving, change, { before, query });
  });
}

/** Others lead to the one that it was merged into: it would come back to nothing. */
async function refuseMerged(query: Query, { object, id }: Removal): Promise<void> {
  const survivor = await survivorOf(query, id);
  if (survivor === null) return;
  throw new Refusal(
    'conflict',
    {
      en: `This ${object.label.en} was merged into another one, which stands for it now.`,
      de: `${object.label.de ?? object.label.en} wurde mit einem anderen Datensatz zusammengeführt, der jetzt dafür steht.`,
    },
    { other: { object: object.name, id: survivor } },
  );
}

async function move(saving: Saving, change: Removal, at: { before: Draft; query: Query }): Promise<Saved> {
  const { object } = change;
  const now = new Date().toISOString();
  const deletedAt = change.operation === 'delete' ? now : null;
  const version = Number(at.before['version']);
  const record = wholeRecord(saving.index, object, {
    ...at.before,
    version: version + 1,
    updatedAt: now,
    updatedBy: saving.caller.actor,
  });
  const differences = { deletedAt: { old: deletedAt === null ? now : null, new: deletedAt } };
  const event = eventOf(saving, object, { what: deletedAt === null ? 'Updated' : 'Deleted', record, differences });
  await at
    .query(moveRow({ index: saving.index, object }, { record, version, deletedAt }, event))
    .catch(asDuplicate(saving, object, record));
  return savedOf(saving, object, { record, created: false, changed: ['deletedAt'] });
}

async function purge(saving: Saving, object: ObjectDefinition, at: { before: Draft; query: Query }): Promise<Saved> {
  await releaseAll(at.query, object, [String(at.before['id'])]);
  for (const { field, child } of childFields(saving.index, object))
    await releaseAll(
      at.query,
      child,
      rowsOf(at.before, field.name).map((row) => String(row['id'])),
    );
  const comments = await at.query({
    text: 'delete from platform.comment where record_id = $1 and object = $2 returning id',
    values: [at.before['id'], object.id],
  });
  const beside = { ...saving, object, id: String(at.before['id']), version: Number(at.before['version']) };
  for (const [comment] of comments) await tell(at.query, beside, 'CommentDeleted', { comment: comment ?? '' });
  for (const { child } of childFields(saving.index, object))
    await at.query({ text: `delete from ${tableOf(child)} where parent_id = $1`, values: [at.before['id']] });
  const record = wholeRecord(saving.index, object, { ...at.before, version: Number(at.before['version']) + 1 });
  const event = eventOf(saving, object, { what: 'Deleted', record, differences: {} });
  await at.query(removeRow({ index: saving.index, object }, String(at.before['id']), event));
  return savedOf(saving, object, { record, created: false, changed: ['id'] });
}

/** Living records of this service that refer to the record keep it from going. */
async function refuseUsed(saving: Saving, at: { object: ObjectDefinition; id: string; query: Query }): Promise<void> {
  for (const object of saving.index.objects) {
    for (const field of saving.index.fieldsOf(object).all) {
      const condition = refersTo(field, at);
      if (condition === null) continue;
      const living = object.parent === undefined ? ' and deleted_at is null' : '';
      const [used] = await at.query({
        text: `select id from ${tableOf(object)} where ${condition.sql('$1')}${living} limit 1`,
        values: [condition.value],
      });
      if (!used?.[0]) continue;
      const mayKnow = saving.caller.permissions.on(object).mayRead(field);
      throw inUse(at.object, mayKnow ? { object: object.name, id: used[0], label: object.label, field: field.label } : undefined);
    }
  }
}
