import type { BankMatch, BankTransaction, Payment, Payout, Refund } from '#metadata/records.gen.ts';
import { exact } from '#platform/kernel/decimal.ts';
import { Refusal } from '#platform/kernel/errors.ts';
import { defineCommand, type Work } from '#platform/kernel/module.ts';
import { reverse } from '../commands/reverse-payment.ts';
import { matchLines } from '../rules/match-lines.ts';
import { acceptDocument, acceptLines } from './accept.ts';
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
      await acceptExisting(work, transaction, { paymentId: paymentId ?? null, refundId: refundId ?? null, payoutId: payoutId ?? null });
    return {};
  },
});

type Existing = { readonly isIn: boolean; readonly amount: string; readonly currency: string | null | undefined };

type DocumentIds = Pick<BankMatch, 'paymentId' | 'refundId' | 'payoutId'>;

async function acceptExisting(work: Work, transaction: BankTransaction, document: DocumentIds): Promise<void> {
  const of = await existing(work, document);
  if (of.isIn !== exact(transaction.amount).gt(0) || of.currency !== transaction.currency) throw notThis();
  const filter = { ...Object.fromEntries(Object.entries(document).filter(([, id]) => id)), status: 'applied' };
  const before = await work.query<BankMatch>('bank_match', { filter, limit: 1000 });
  const amount = before.reduce((sum, one) => sum.minus(one.amount), exact(of.amount));
  await acceptDocument(work, transaction, { document, amount, by: BY_PERSON });
}

/** Which way it went, and how much of it there is to be matched. It is locked, so that it is not matched twice at once. */
async function existing(work: Work, { paymentId, refundId, payoutId }: DocumentIds): Promise<Existing> {
  if (paymentId) {
    const { direction, amount, currency } = await work.lock<Payment>('payment', paymentId);
    return { isIn: direction === 'in', amount, currency };
  }
  if (refundId) {
    const { amount, currency } = await work.lock<Refund>('refund', refundId);
    return { isIn: false, amount, currency };
  }
  const { paidOut, currency } = await work.lock<Payout>('payout', payoutId ?? '');
  return { isIn: true, amount: paidOut, currency };
}

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

function notThis(): Refusal {
  return new Refusal('conflict', {
    en: 'This goes the other way than the transaction, or is in another currency.',
    de: 'Das geht in die andere Richtung als der Umsatz oder ist in einer anderen Währung.',
  });
}
