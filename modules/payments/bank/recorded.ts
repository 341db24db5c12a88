import type { BankAccount, BankMatch, BankTransaction, Customer, Payment, Payout, Refund } from '#metadata/records.gen.ts';
import { addDays } from '#platform/kernel/dates.ts';
import { exact } from '#platform/kernel/decimal.ts';
import type { Work } from '#platform/kernel/module.ts';
import type { RecordedDocument } from '../rules/document-proposals.ts';

const MOST = 1000;
const DAYS = 14;

/** What of a kind of document is read, and how it is told. */
type Told = Omit<RecordedDocument, 'left' | 'customerName' | 'ibans'> & { readonly amount: string };

/** Payments, refunds and payouts by bank around the days of some transactions of one account that are not wholly matched yet. */
export async function recordedAround(work: Work, transactions: readonly BankTransaction[]): Promise<readonly RecordedDocument[]> {
  const [first] = transactions;
  if (!first) return [];
  const days = transactions.map(({ date }) => date).toSorted();
  const date = { between: [addDays(days[0] ?? first.date, -DAYS), addDays(days.at(-1) ?? first.date, DAYS)] };
  const filter = { currency: first.currency, companyId: first.companyId ?? { isNull: true }, date };
  const told = [
    ...(await payments(work, filter)),
    ...(await refunds(work, filter)),
    ...(await payouts(work, { ...filter, status: 'settled' })),
  ];
  const matched = await matchedOf(work, told);
  const ids = [...new Set(told.flatMap(({ customerId }) => customerId ?? []))].slice(0, MOST);
  const customers = ids.length === 0 ? [] : await work.query<Customer>('customer', { filter: { id: { in: ids } }, limit: MOST });
  const accounts =
    ids.length === 0 ? [] : await work.query<BankAccount>('bank_account', { filter: { customerId: { in: ids } }, limit: MOST });
  const names = new Map(customers.map(({ id, name }) => [id, name ?? null]));
  return told.map(({ amount, ...document }) => ({
    ...document,
    left: (matched.get(document.id) ?? []).reduce((left, one) => left.minus(one), exact(amount)),
    customerName: names.get(document.customerId ?? '') ?? null,
    ibans: accounts.filter(({ customerId }) => customerId === document.customerId).map(({ iban }) => iban),
  }));
}

type Filter = { readonly [field: string]: unknown };

const BY_BANK = { in: ['bankTransfer', 'directDebit', 'cheque'] };

async function payments(work: Work, filter: Filter): Promise<readonly Told[]> {
  const status = { in: ['captured', 'partiallyRefunded', 'refunded'] };
  const found = await work.query<Payment>('payment', { filter: { ...filter, status, method: BY_BANK }, sort: '-date', limit: MOST });
  return found.map((payment) => ({
    kind: 'payment',
    ...common(payment),
    customerId: payment.customerId,
    isIn: payment.direction === 'in',
  }));
}

async function refunds(work: Work, filter: Filter): Promise<readonly Told[]> {
  const query = { filter: { ...filter, status: 'processed', method: BY_BANK }, sort: '-date', limit: MOST };
  const found = await work.query<Refund>('refund', query);
  return found.map((refund) => ({ kind: 'refund', ...common(refund), customerId: refund.customerId, isIn: false }));
}

async function payouts(work: Work, filter: Filter): Promise<readonly Told[]> {
  const found = await work.query<Payout>('payout', { filter, sort: '-date', limit: MOST });
  return found.map((payout) => ({ kind: 'payout', ...common({ ...payout, amount: payout.paidOut }), customerId: null, isIn: true }));
}

type Common = Pick<Payment, 'id' | 'date' | 'amount'> & { readonly number?: string | null; readonly reference?: string | null };

function common({ id, number = null, reference = null, date, amount }: Common) {
  return { id, number, reference, date, amount };
}

/** What transactions are matched with already, by document. */
async function matchedOf(work: Work, documents: readonly Told[]): Promise<ReadonlyMap<string, readonly string[]>> {
  const matched = new Map<string, string[]>();
  for (const kind of ['payment', 'refund', 'payout'] as const) {
    const ids = documents.filter((document) => document.kind === kind).map(({ id }) => id);
    const filter = { [`${kind}Id`]: { in: ids }, status: 'applied' };
    const found = ids.length === 0 ? [] : await work.query<BankMatch>('bank_match', { filter, limit: MOST });
    for (const { paymentId, refundId, payoutId, amount } of found) {
      const id = paymentId ?? refundId ?? payoutId ?? '';
      matched.set(id, [...(matched.get(id) ?? []), amount]);
    }
  }
  return matched;
}
