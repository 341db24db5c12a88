import type { BankTransaction, MatchingRule } from '#metadata/records.gen.ts';
import { exact, sumOf, type Exact } from '#platform/kernel/decimal.ts';
import { toCurrency } from '#platform/kernel/money/currency.ts';
import { earlyDiscountOf } from './early-discount.ts';
import { openOf } from './open-amount.ts';
import type { Candidate } from './proposal.ts';
import { bare, namesIn } from './reference.ts';

/** An open item that a transaction may be for, and whose it is. */
export type MatchCandidate = Candidate & {
  readonly customerId: string;
  readonly customerName: string | null;
  readonly ibans: readonly string[];
};

/** What of a rule counts. */
export type Rule = Pick<MatchingRule, 'criterion' | 'points' | 'contains' | 'customerId'>;

/** Why a proposal is made. */
export type Reason = MatchingRule['criterion'];

/** What a transaction would settle, how sure that is (0 to 100), and why. */
export type Proposal = {
  readonly score: number;
  readonly customerId: string;
  readonly customer: string | null;
  readonly reasons: readonly Reason[];
  readonly items: readonly {
    readonly itemId: string;
    readonly reference: string | null;
    readonly amount: string;
    readonly discount: string;
    readonly open: string;
  }[];
  /** What was recorded already and is matched instead of items; `amount` is what of it is. */
  readonly document?: {
    readonly kind: 'payment' | 'refund' | 'payout';
    readonly id: string;
    readonly reference: string | null;
    readonly amount: string;
  };
};

/** What a transaction is compared by. */
export type Compared = Pick<BankTransaction, 'amount' | 'currency' | 'date' | 'name' | 'iban' | 'text'> & { readonly left: Exact };

/** Before anybody has made rules of their own. A number and the whole amount are enough; an account or a name alone never is. */
export const STANDARD_RULES: readonly Rule[] = [
  { criterion: 'structuredReference', points: 60 },
  { criterion: 'referenceText', points: 60 },
  { criterion: 'amount', points: 40 },
  { criterion: 'iban', points: 30 },
  { criterion: 'name', points: 20 },
];

/** So many are kept of a transaction. */
export const PROPOSALS_MAX = 6;
export const SCORE_MAX = 100;
const SCORE_MIN = 20;
/** From so much on two names are alike. */
export const ALIKE_MIN = 0.5;

/** What a transaction may be for, the surest first: all items of a customer that it names together, and single ones. */
export function proposals(transaction: Compared, candidates: readonly MatchCandidate[], rules: readonly Rule[]): readonly Proposal[] {
  const fitting = candidates.filter((item) => item.currency === transaction.currency && openOf(item).gt(0));
  const named = fitting.filter((item) => namesIn(transaction.text ?? '', item.reference ?? ''));
  const together = [...Map.groupBy(named, ({ customerId }) => customerId).values()].filter((group) => group.length > 1);
  const groups = [...together, ...fitting.map((item) => [item])];
  return groups
    .map((group) => proposal(transaction, group, rules))
    .filter(({ score }) => score >= SCORE_MIN)
    .toSorted((a, b) => b.score - a.score || b.items.length - a.items.length)
    .slice(0, PROPOSALS_MAX);
}

/** The one that is sure enough to be accepted without anybody, and that no other equals; null where there is none. */
export function surest(found: readonly Proposal[], from: number): Proposal | null {
  const [first, second] = found;
  if (!first || first.score < from) return null;
  const isPart = second?.items.every(({ itemId }) => first.items.some((one) => one.itemId === itemId)) === true;
  const isAlone = !second || second.score < first.score || (isPart && second.document === undefined);
  return isAlone ? first : null;
}

function proposal(transaction: Compared, group: readonly MatchCandidate[], rules: readonly Rule[]): Proposal {
  const [first] = group;
  const isFull = paysInFull(transaction, group);
  const held = rules.filter((rule) => first !== undefined && holds(rule, { transaction, group, isFull: isFull !== null }));
  let left = transaction.left;
  const items = group.map((item) => {
    const discount = isFull === 'discounted' ? earlyDiscountOf(item, transaction.date).amount : exact(0);
    const wanted = openOf(item).minus(discount);
    const amount = left.lt(wanted) ? left : wanted;
    left = left.minus(amount);
    const money = (value: Exact): string => toCurrency(value, item.currency);
    return {
      itemId: item.id,
      reference: item.reference ?? null,
      amount: money(amount),
      discount: money(discount),
      open: money(openOf(item)),
    };
  });
  return {
    score: Math.min(
      SCORE_MAX,
      held.reduce((sum, { points }) => sum + points, 0),
    ),
    customerId: first?.customerId ?? '',
    customer: first?.customerName ?? null,
    reasons: [...new Set(held.map(({ criterion }) => criterion))],
    items: items.filter(({ amount }) => exact(amount).gt(0)),
  };
}

function paysInFull({ left, date }: Compared, group: readonly MatchCandidate[]): 'whole' | 'discounted' | null {
  const open = sumOf(group.map(openOf));
  if (open.eq(left)) return 'whole';
  const discount = sumOf(group.map((item) => earlyDiscountOf(item, date).amount));
  return discount.gt(0) && open.minus(discount).eq(left) ? 'discounted' : null;
}

type Held = { readonly transaction: Compared; readonly group: readonly MatchCandidate[]; readonly isFull: boolean };

function holds({ criterion, contains, customerId }: Rule, { transaction, group, isFull }: Held): boolean {
  const [first] = group;
  if (!first) return false;
  const text = transaction.text ?? '';
  switch (criterion) {
    case 'structuredReference':
      return /\bRF\d\d/i.test(text) && group.every((item) => namesIn(text, item.reference ?? ''));
    case 'referenceText':
      return group.every((item) => namesIn(text, item.reference ?? ''));
    case 'amount':
      return isFull;
    case 'iban':
      return Boolean(transaction.iban) && first.ibans.includes(transaction.iban ?? '');
    case 'name':
      return alike(transaction.name ?? '', first.customerName ?? '') >= ALIKE_MIN;
    case 'text':
      return (
        Boolean(contains) && first.customerId === customerId && bare(`${text} ${transaction.name ?? ''}`).includes(bare(contains ?? ''))
      );
  }
}

/** How many of the words of both names they share (Dice), legal forms left out. */
export function alike(one: string, other: string): number {
  const [left, right] = [wordsOf(one), wordsOf(other)];
  if (left.size === 0 || right.size === 0) return 0;
  return (2 * [...left].filter((word) => right.has(word)).length) / (left.size + right.size);
}

const LEGAL_FORMS: ReadonlySet<string> = new Set([
  'gmbh',
  'ag',
  'kg',
  'ohg',
  'ug',
  'gbr',
  'co',
  'ltd',
  'inc',
  'llc',
  'sa',
  'bv',
  'se',
  'ek',
  'und',
  'and',
]);

function wordsOf(name: string): ReadonlySet<string> {
  const words = name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/\p{M}/gu, '')
    .split(/[^\p{L}\p{N}]+/u);
  return new Set(words.filter((word) => word.length > 1 && !LEGAL_FORMS.has(word)));
}
