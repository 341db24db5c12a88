import { on } from '#platform/kernel/module.ts';
import { uuidV7 } from '#platform/kernel/uuid.ts';
import { STANDARD_LEVELS } from '../rules/standard-policy.ts';

/** An installation has a dunning policy from its first company on. */
export const openPolicy = on('platform', 'CompanyCreated', 'openPolicy', async (work) => {
  const [known] = await work.query('dunning_policy', { fields: 'id', limit: 1 });
  if (known) return;
  const { id } = await work.create<{ id: string }>('dunning_policy', uuidV7(), { name: 'Standard', standard: true });
  for (const level of STANDARD_LEVELS) await work.create('dunning_level', uuidV7(), { ...level, policyId: id });
});
