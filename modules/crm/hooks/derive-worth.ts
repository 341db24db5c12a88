import type { Opportunity } from '#metadata/records.gen.ts';
import { defineHook } from '#platform/kernel/module.ts';
import { worthOf } from '../rules/worth.ts';

/** What an opportunity is worth, on every save. */
export const deriveWorth = defineHook<Opportunity, Record<string, never>>({
  object: 'opportunity',
  name: 'deriveWorth',
  derive: worthOf,
});
