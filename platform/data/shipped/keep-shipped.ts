import { isRecord } from '#platform/kernel/is-record.ts';
import type { ObjectDefinition } from '#platform/kernel/model.ts';
import { trusted } from '#platform/kernel/seam.ts';
import { systemCaller } from '#platform/kernel/system-caller.ts';
import type { Transaction } from '../database.ts';
import { createMany } from '../save/bulk-create.ts';
import { loadRecord } from '../save/load.ts';
import { saveRecord } from '../save/save.ts';
import { withSavepoint } from '../savepoint.ts';
import type { Store } from '../store.ts';
import { shippedPlan, takenFromShipped, type Kept, type ShippedPlan, type ShippedRecord } from './shipped-plan.ts';

/** The records that come with one object. */
export type Shipped = { readonly object: string; readonly records: readonly ShippedRecord[] };

type Place = { readonly store: Store; readonly object: ObjectDefinition; readonly transaction: Transaction };

/**
 * Brings the records that come with the product into a service: new ones, and what newer versions of the product say otherwise. What an administrator has
 * changed or deleted stays so. A record that is refused, because another one has its place, is told to `refused` and tried again at the next start.
 */
export async function keepShipped(
  store: Store,
  shipped: readonly Shipped[],
  refused: (key: string, reason: unknown) => void,
): Promise<void> {
  for (const { object: name, records } of inOrder(store, shipped)) {
    const object = store.schema().byName.get(name);
    if (!object) continue;
    await store.database.transaction(async (transaction) => {
      await transaction.query({ text: `select pg_advisory_xact_lock(hashtextextended('tessera.shipped', 0))`, values: [] });
      const plan = shippedPlan(records, await keptOf(transaction, name));
      const at = { store, object, transaction };
      await change(at, plan, refused);
      await add(at, plan.added, refused);
    });
    store.wake();
  }
}

/** As the module names its objects: what others are checked against comes first. */
function inOrder({ module }: Store, shipped: readonly Shipped[]): readonly Shipped[] {
  const rank = ({ object }: Shipped): number => module.objects.indexOf(object);
  return shipped.toSorted((one, other) => rank(one) - rank(other));
}

async function keptOf({ query }: Transaction, object: string): Promise<ReadonlyMap<string, Kept>> {
  const rows = await query({ text: 'select key, record_id, shipped::text from platform.shipped where object = $1', values: [object] });
  return new Map(
    rows.map(([key, recordId, shipped]) => {
      const values: unknown = JSON.parse(shipped ?? '{}');
      return [String(key), { recordId: String(recordId), shipped: isRecord(values) ? trusted<Kept['shipped']>(values) : {} }];
    }),
  );
}

async function change(at: Place, plan: ShippedPlan, refused: (key: string, reason: unknown) => void): Promise<void> {
  const { store, object, transaction } = at;
  for (const { key, recordId, before, after } of plan.changed) {
    const record = await loadRecord(transaction.query, { index: store.schema(), object }, { id: recordId, lock: true });
    const values = record ? takenFromShipped(record, before, after) : {};
    await withSavepoint(transaction, async () => {
      if (Object.keys(values).length > 0)
        await saveRecord(store, systemCaller(store.module.name), { operation: 'update', object, id: recordId, values }, optionsOf(at));
      await remember(at, [{ key, recordId, shipped: after }]);
    }).catch((reason: unknown) => refused(key, reason));
  }
}

/** All at once; one by one where one of them is refused. */
async function add(at: Place, records: readonly ShippedRecord[], refused: (key: string, reason: unknown) => void): Promise<void> {
  if (records.length === 0) return;
  await withSavepoint(at.transaction, () => create(at, records)).catch(async (reason: unknown) => {
    const [only] = records;
    if (records.length === 1 && only) return refused(only.key, reason);
    for (const record of records) await add(at, [record], refused);
  });
}

async function create(at: Place, records: readonly ShippedRecord[]): Promise<void> {
  const { store, object } = at;
  const batch = { object, records: records.map(({ values }) => values) };
  const saved = await createMany(store, systemCaller(store.module.name), batch, optionsOf(at));
  const kept = records.map(({ key, values }, position) => ({ key, recordId: saved[position]?.id ?? '', shipped: values }));
  await remember(at, kept);
}

function optionsOf({ transaction }: Place) {
  return { transaction, asSystem: true };
}

async function remember({ transaction, object }: Place, kept: readonly (Kept & { readonly key: string })[]): Promise<void> {
  await transaction.query({
    text: `insert into platform.shipped (object, key, record_id, shipped)
      select $1, one ->> 'key', (one ->> 'recordId')::uuid, one -> 'shipped' from jsonb_array_elements($2::jsonb) as one
      on conflict (object, key) do update set record_id = excluded.record_id, shipped = excluded.shipped, at = now()`,
    values: [object.name, JSON.stringify(kept)],
  });
}
