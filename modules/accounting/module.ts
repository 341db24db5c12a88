import { defineModule } from '#platform/kernel/module.ts';
import { deriveRate } from './hooks/derive-rate.ts';

/** Accounting: the accounts, what is posted to them, by which rules and in which periods, and what a currency is worth. */
export const accounting = defineModule({
  name: 'accounting',
  objects: [
    'exchange_rate',
    'account',
    'cost_center',
    'fiscal_year',
    'period',
    'journal_entry',
    'journal_line',
    'account_balance',
    'posting_rule',
    'posting_rule_line',
    'posting',
  ],
  hooks: [deriveRate],
});
