import { defineModule, fromTheBeginning } from '#platform/kernel/module.ts';
import { cancelDraftCreditNote } from './commands/cancel-draft-credit-note.ts';
import { cancelDraft } from './commands/cancel-draft.ts';
import { createForReturn } from './commands/create-for-return.ts';
import { credit } from './commands/credit.ts';
import { dispute } from './commands/dispute.ts';
import { executeRun, finishRun, resumeRun } from './commands/execute-run.ts';
import { issueCreditNote } from './commands/issue-credit-note.ts';
import { issue } from './commands/issue.ts';
import { markSent } from './commands/mark-sent.ts';
import { resolveDispute } from './commands/resolve-dispute.ts';
import { receivePayment } from './commands/receive-payment.ts';
import { writeOff } from './commands/write-off.ts';
import { creditNoteDocument } from './documents/credit-note-document.ts';
import { dunningNoticeDocument } from './documents/dunning-notice-document.ts';
import { invoiceDocument } from './documents/invoice-document.ts';
import * as events from './events.ts';
import { checkLevel } from './hooks/check-level.ts';
import { checkRate } from './hooks/check-rate.ts';
import { checkTaxRule } from './hooks/check-tax-rule.ts';
import { checkTerms } from './hooks/check-terms.ts';
import { deriveCollection } from './hooks/derive-collection.ts';
import { decideVat, followSupply } from './hooks/decide-vat.ts';
import { deriveAmounts } from './hooks/derive-amounts.ts';
import { fillExchangeRate } from './hooks/fill-exchange-rate.ts';
import { fillInvoice } from './hooks/fill-invoice.ts';
import { fillSchedule } from './hooks/fill-schedule.ts';
import { guardOrderLines } from './hooks/guard-order-lines.ts';
import { previewRun } from './hooks/preview-run.ts';
import { markOverdue } from './jobs/mark-overdue.ts';
import { createInvoice } from './reactions/create-invoice.ts';
import { followNewItem, followOpenItem } from './reactions/follow-open-item.ts';
import { openPolicy } from './reactions/open-policy.ts';
import { writeLetter } from './reactions/write-letter.ts';

/** Invoices: bill what was ordered or delivered, issue it for good, take it back by credit notes, see that it is paid, and remind who does not. */
export const invoices = defineModule({
  name: 'invoices',
  objects: [
    'invoice',
    'invoice_line',
    'invoice_instalment',
    'credit_note',
    'credit_note_line',
    'payment_terms',
    'payment_terms_instalment',
    'dunning_policy',
    'dunning_level',
    'customer_dunning',
    'dunning_run',
    'dunning_run_line',
    'dunning_notice',
    'tax_rate',
    'tax_rule',
  ],
  hooks: [
    checkTerms,
    checkRate,
    checkTaxRule,
    fillInvoice,
    guardOrderLines,
    fillExchangeRate,
    decideVat,
    deriveAmounts,
    followSupply,
    fillSchedule,
    deriveCollection,
    checkLevel,
    previewRun,
  ],
  commands: [
    issue,
    cancelDraft,
    credit,
    createForReturn,
    receivePayment,
    writeOff,
    dispute,
    resolveDispute,
    issueCreditNote,
    cancelDraftCreditNote,
    executeRun,
    resumeRun,
    finishRun,
    markSent,
  ],
  events: Object.values(events),
  reactions: [createInvoice, followNewItem, followOpenItem, fromTheBeginning(openPolicy), writeLetter],
  jobs: [markOverdue],
  documents: [invoiceDocument, creditNoteDocument, dunningNoticeDocument],
});
