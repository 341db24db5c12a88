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
