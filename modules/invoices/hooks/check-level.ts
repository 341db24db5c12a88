import type { DunningLevel } from '#metadata/records.gen.ts';
import { defineHook } from '#platform/kernel/module.ts';
import { refuseUnknownWords } from '../rules/dunning-text.ts';

/** The letters of a dunning level can be written. */
export const checkLevel = defineHook<DunningLevel, Record<string, never>>({
  object: 'dunning_level',
  name: 'checkLevel',
  derive: (draft) => {
    refuseUnknownWords(draft);
    return {};
  },
});
