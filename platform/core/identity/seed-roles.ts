import { tableOf } from '#platform/data/read/table.ts';
import { upsertRecord } from '#platform/data/save/upsert.ts';
import type { Store } from '#platform/data/store.ts';
import { systemCaller } from '#platform/kernel/system-caller.ts';
import type { StandardRole } from '#platform/metadata/load.ts';

/** Makes a record of every standard role, so that users can be given them; labels follow the standard layer. */
export async function seedRoles(store: Store, roles: readonly StandardRole[]): Promise<void> {
  const object = store.schema().byName.get('role');
  if (!object) return;
  for (const role of roles) {
    const values = { label: role.label.en, description: role.description?.en ?? null, standard: true };
    await upsertRecord(store, systemCaller('platform'), { object, key: { field: 'name', value: role.name }, values }, { asSystem: true });
  }
}

/** The roles that rights can be given to: the standard ones, and those that administrators have made. */
export async function namesOfRoles(store: Store): Promise<readonly string[]> {
  const object = store.schema().byName.get('role');
  if (!object) return [];
  const rows = await store.database.read({ text: `select name from ${tableOf(object)} where deleted_at is null`, values: [] });
  return rows.map(([name]) => name ?? '');
}
