import type { BankMatch } from '#metadata/records.gen.ts';
import { daysBetween } from '#platform/kernel/dates.ts';
import { exact, type Exact } from '#platform/kernel/decimal.ts';
import { toCurrency } from '#platform/kernel/money/currency.ts';
import { alike, ALIKE_MIN, SCORE_MAX, type Compared, type Proposal, type Rule } from './bank-matching.ts';
import { namesIn } from './reference.ts';

/** What money was recorded as before the bank told of it; `left` is what of it no transaction is matched with. */
export type RecordedDocument = {
  readonly kind: 'payment' | 'refund' | 'payout';
  readonly id: string;
  readonly number: string | null;
  readonly reference: string | null;
  readonly date: string;
  readonly isIn: boolean;
  readonly left: Exact;
  readonly customerId: string | null;
  readonly customerName: string | null;
  readonly ibans: readonly string[];
};

/** Between the day on which it was recorded and that on which the bank books it. */
const DAYS_MOST = 14;

/** Less is too little to be the same money. */
const SCORE_MIN = 40;

/** The fields of a match that name a document. */
export function documentIds({ kind, id }: Pick<RecordedDocument, 'kind' | 'id'>): Pick<BankMatch, 'paymentId' | 'refundId' | 'payoutId'> {
  return { paymentId: kind === 'payment' ? id : null, refundId: kind === 'refund' ? id : null, payoutId: kind === 'payout' ? id : null };
}

/** What a transaction may be that was recorded already: the same way, within days, and of its amount or named in its text. */
export function documentProposals(
  transaction: Compared,
  documents: readonly RecordedDocument[],
  rules: readonly Rule[],
): readonly Proposal[] {
  const isIn = exact(transaction.amount).gt(0);
  return documents
    .filter(
      (document) => document.isIn === isIn && document.left.gt(0) && Math.abs(daysBetween(document.date, transaction.date)) <= DAYS_MOST,
    )
    .map((document) => proposalOf(transaction, document, rules))
    .filter(({ score }) => score >= SCORE_MIN);
}

function proposalOf(transaction: Compared, document: RecordedDocument, rules: readonly Rule[]): Proposal {
  const held = rules.filter((rule) => holds(rule, transaction, document));
  const points = held.reduce((sum, rule) => sum + rule.points, 0);
  const taken = transaction.left.lt(document.left) ? transaction.left : document.left;
  const { kind, id, number, reference } = document;
  return {
    score: Math.min(SCORE_MAX, points),
    customerId: document.customerId ?? '',
    customer: document.customerName,
    reasons: [...new Set(held.map(({ criterion }) => criterion))],
    items: [],
    document: { kind, id, reference: number ?? reference, amount: toCurrency(taken, transaction.currency) },
  };
}

function holds({ criterion }: Rule, { text, name, iban, left }: Compared, document: RecordedDocument): boolean {
  const isNamed = [document.number, document.reference].some((number) => Boolean(number) && namesIn(text ?? '', number ?? ''));
  if (criterion === 'structuredReference') return /\bRF\d\d/i.test(text ?? '') && isNamed;
  if (criterion === 'referenceText') return isNamed;
  if (criterion === 'amount') return document.left.eq(left);
  if (criterion === 'iban') return Boolean(iban) && document.ibans.includes(iban ?? '');
  return criterion === 'name' && alike(name ?? '', document.customerName ?? '') >= ALIKE_MIN;
}
