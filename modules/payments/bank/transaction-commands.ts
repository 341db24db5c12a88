import type { BankMatch, BankTransaction, Payment } from '#metadata/records.gen.ts';
import { Refusal } from '#platform/kernel/errors.ts';
import { defineCommand } from '#platform/kernel/module.ts';
import { reverse } from '../commands/reverse-payment.ts';
import { matchLines } from '../rules/match-lines.ts';
import { acceptExisting } from './accept-existing.ts';
import { acceptLines } from './accept.ts';
import { matchingFor, propose } from './candidates.ts';

type Accepted = {
  lines?: unknown;
  customerId?: string | null;
  paymentId?: string | null;
  refundId?: string | null;
  payoutId?: string | null;
};

const BY_PERSON = { score: null, reasons: [], isAutomatic: false } as const;

/** What a transaction is for: open items, a customer in whose favour it stays, or a document that is there already. */
export const acceptTransaction = defineCommand<BankTransaction, Accepted>({
  object: 'bank_transaction',
  name: 'accept',
  run: async (work, transaction, { lines, customerId, paymentId, refundId, payoutId }) => {
    const chosen = [paymentId, refundId, payoutId].filter(Boolean).length;
    const hasLines = (lines !== undefined && lines !== null) || Boolean(customerId);
    if (chosen + Number(hasLines) !== 1) throw whatFor();
    if (hasLines) {
      const given = lines === undefined || lines === null ? [] : matchLines(lines);
      await acceptLines(work, transaction, {
        lines: given,
        restOf: customerId ?? null,
        by: { ...BY_PERSON, score: transaction.score ?? null },
      });
    } else
      await acceptExisting(
        work,
        transaction,
        { paymentId: paymentId ?? null, refundId: refundId ?? null, payoutId: payoutId ?? null },
        BY_PERSON,
      );
    return {};
  },
});

/** Asks again what a transaction may be for. */
export const proposeMatches = defineCommand<BankTransaction, Record<string, never>>({
  object: 'bank_transaction',
  name: 'propose',
  run: async (work, transaction) => {
    await propose(work, transaction, await matchingFor(work, [transaction]));
    return {};
  },
});

/** It is nothing of a customer's. */
export const setAside = defineCommand<BankTransaction, { note: string }>({
  object: 'bank_transaction',
  name: 'setAside',
  run: (_work, _transaction, { note }) => Promise.resolve({ values: { note, status: 'setAside' } }),
});

/** Takes all matches of a transaction back: payments that were made of it never were. */
export const undoMatches = defineCommand<BankTransaction, { reason: string }>({
  object: 'bank_transaction',
  name: 'undo',
  run: async (work, transaction, { reason }) => {
    const applied = await work.query<BankMatch>('bank_match', {
      filter: { transactionId: transaction.id, status: 'applied' },
      limit: 1000,
    });
    for (const match of applied) {
      if (match.isMade && match.paymentId) {
        await reverse(work, await work.lock<Payment>('payment', match.paymentId), reason);
        await work.save('payment', { id: match.paymentId, status: 'cancelled', failureReason: reason });
      }
      await work.save('bank_match', { id: match.id, status: 'undone' });
    }
    return { values: { matched: '0', note: null } };
  },
});

function whatFor(): Refusal {
  return new Refusal('malformed_request', {
    en: 'Say what the transaction is for: open items or a customer, or one payment, refund or payout that is there.',
    de: 'Geben Sie an, wofür der Umsatz ist: offene Posten oder ein Kunde, oder eine Zahlung, Erstattung oder Auszahlung, die es gibt.',
  });
}
