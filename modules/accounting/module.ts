import { defineModule } from '#platform/kernel/module.ts';
import { balanceSheet } from './reports/balance-sheet.ts';
import { cashFlowReport } from './reports/cash-flow.ts';
import { generalLedger } from './reports/general-ledger.ts';
import { journal } from './reports/journal.ts';
import { profitAndLoss } from './reports/profit-and-loss.ts';
import { trialBalance } from './reports/trial-balance.ts';
import { vatReturnReport } from './reports/vat-return.ts';
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
  reports: [trialBalance, generalLedger, journal, balanceSheet, profitAndLoss, cashFlowReport, vatReturnReport],
});
