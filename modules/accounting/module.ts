import { defineModule } from '#platform/kernel/module.ts';
import { deriveRate } from './hooks/derive-rate.ts';

/** Accounting: what a currency is worth in the company's, on which day. */
export const accounting = defineModule({
  name: 'accounting',
  objects: ['exchange_rate'],
  hooks: [deriveRate],
});
