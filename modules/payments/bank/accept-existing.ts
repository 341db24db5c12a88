import type { BankMatch, BankTransaction, Payment, Payout, Refund } from '#metadata/records.gen.ts';
import { exact } from '#platform/kernel/decimal.ts';
import { Refusal } from '#platform/kernel/errors.ts';
import type { Work } from '#platform/kernel/module.ts';
import { acceptDocument, type MatchedBy } from './accept.ts';

type Existing = { readonly isIn: boolean; readonly amount: string; readonly currency: string | null | undefined };

type DocumentIds = Pick<BankMatch, 'paymentId' | 'refundId' | 'payoutId'>;

/** Matches a transaction with a document that is there: with as much of it as no other is matched with. */
export async function acceptExisting(work: Work, transaction: BankTransaction, document: DocumentIds, by: MatchedBy): Promise<void> {
  const of = await existing(work, document);
  if (of.isIn !== exact(transaction.amount).gt(0) || of.currency !== transaction.currency) throw notThis();
  const filter = { ...Object.fromEntries(Object.entries(document).filter(([, id]) => id)), status: 'applied' };
  const before = await work.query<BankMatch>('bank_match', { filter, limit: 1000 });
  const amount = before.reduce((sum, one) => sum.minus(one.amount), exact(of.amount));
  await acceptDocument(work, transaction, { document, amount, by });
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

function notThis(): Refusal {
  return new Refusal('conflict', {
    en: 'This goes the other way than the transaction, or is in another currency.',
    de: 'Das geht in die andere Richtung als der Umsatz oder ist in einer anderen Währung.',
  });
}
