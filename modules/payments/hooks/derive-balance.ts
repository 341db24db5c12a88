import type { OpenItem } from '#metadata/records.gen.ts';
import { defineHook } from '#platform/kernel/module.ts';
import { derivedOf } from '../rules/open-amount.ts';

/** The balance of an item and whether it is settled follow from its amount and what was allocated of it. */
export const deriveBalance = defineHook<OpenItem, Record<string, never>>({
  object: 'open_item',
  name: 'deriveBalance',
  derive: (draft) => derivedOf(draft),
});
