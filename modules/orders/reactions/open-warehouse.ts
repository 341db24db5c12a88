import { isRecord } from '#platform/kernel/is-record.ts';
import { on } from '#platform/kernel/module.ts';

/** Every company has a warehouse from the beginning; it has the company's id and name. */
export const openWarehouse = on('platform', 'CompanyCreated', 'openWarehouse', async (work, event) => {
  const { record } = event.data;
  if (!isRecord(record) || typeof record['id'] !== 'string') return;
  await work.create('warehouse', record['id'], { name: record['name'], companyId: record['id'], address: record['address'] ?? null });
});
