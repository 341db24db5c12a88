import type { Lead } from '#metadata/records.gen.ts';
import { defineHook } from '#platform/kernel/module.ts';
import { scoreOf } from '../rules/score.ts';

/** How much speaks for a lead, on every save. */
export const scoreLead = defineHook<Lead, Record<string, never>>({ object: 'lead', name: 'scoreLead', derive: scoreOf });
