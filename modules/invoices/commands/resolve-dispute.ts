import type { Invoice } from '#metadata/records.gen.ts';
import { defineCommand } from '#platform/kernel/module.ts';

/** What was disputed is to be paid as it stands now. */
export const resolveDispute = defineCommand<Invoice, Record<string, never>>({
  object: 'invoice',
  name: 'resolveDispute',
  run: () => Promise.resolve({ values: { disputedOn: null } }),
});
