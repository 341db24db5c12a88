import { defineModule, fromTheBeginning } from '#platform/kernel/module.ts';
import { checkReceivables } from './commands/check-receivables.ts';
import { closePeriod } from './commands/close-period.ts';
import { closeYear } from './commands/close-year.ts';
import { dismiss } from './commands/dismiss.ts';
import { openYear } from './commands/open-year.ts';
import { post } from './commands/post.ts';
import { preview } from './commands/preview.ts';
import { reopenPeriod } from './commands/reopen-period.ts';
import { reopenYear } from './commands/reopen-year.ts';
import { retryAll } from './commands/retry-all.ts';
import { retry } from './commands/retry.ts';
import { reverse } from './commands/reverse.ts';
import { takeChart } from './commands/take-chart.ts';
import * as events from './events.ts';
import { checkRule } from './hooks/check-rule.ts';
import { deriveAccount } from './hooks/derive-account.ts';
import { deriveEntry } from './hooks/derive-entry.ts';
import { deriveRate } from './hooks/derive-rate.ts';
import { checkAllReceivables } from './jobs/check-receivables.ts';
import { retryPostings } from './jobs/retry-postings.ts';
import { verifyJournal } from './jobs/verify-journal.ts';
import { postCreditNotes } from './reactions/post-credit-notes.ts';
import { postInvoices } from './reactions/post-invoices.ts';
import { postPayments } from './reactions/post-payments.ts';
import { postSettlements, postUndone } from './reactions/post-settlements.ts';
import { postStock } from './reactions/post-stock.ts';
import { retries } from './reactions/retry-waiting.ts';
import { takeFirstChart } from './reactions/take-chart.ts';
import { balanceSheet } from './reports/balance-sheet.ts';
import { cashFlowReport } from './reports/cash-flow.ts';
import { customerBalances } from './reports/customer-balances.ts';
import { generalLedger } from './reports/general-ledger.ts';
import { journal } from './reports/journal.ts';
import { profitAndLoss } from './reports/profit-and-loss.ts';
import { trialBalance } from './reports/trial-balance.ts';
import { vatEntries } from './reports/vat-entries.ts';
import { vatReturnReport } from './reports/vat-return.ts';

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
    'receivables_check',
    'journal_check',
  ],
  hooks: [deriveRate, deriveAccount, deriveEntry, checkRule],
  commands: [
    takeChart,
    openYear,
    closePeriod,
    reopenPeriod,
    closeYear,
    reopenYear,
    post,
    reverse,
    retry,
    retryAll,
    dismiss,
    checkReceivables,
    preview,
  ],
  events: Object.values(events),
  reactions: [
    ...[takeFirstChart, postInvoices, postCreditNotes, postSettlements, postUndone, ...postPayments].map(fromTheBeginning),
    postStock,
    ...retries,
  ],
  jobs: [retryPostings, checkAllReceivables, verifyJournal],
  reports: [
    trialBalance,
    generalLedger,
    journal,
    balanceSheet,
    profitAndLoss,
    cashFlowReport,
    vatReturnReport,
    vatEntries,
    customerBalances,
  ],
});
