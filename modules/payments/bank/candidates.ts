import type { BankAccount, BankTransaction, Customer, MatchingRule, OpenItem } from '#metadata/records.gen.ts';
import { exact } from '#platform/kernel/decimal.ts';
import { jsonOf } from '#platform/kernel/json.ts';
import type { Work } from '#platform/kernel/module.ts';
import { proposals, PROPOSALS_MAX, STANDARD_RULES, type MatchCandidate, type Proposal, type Rule } from '../rules/bank-matching.ts';
import { documentProposals, type RecordedDocument } from '../rules/document-proposals.ts';
import { recordedAround } from './recorded.ts';

/** What is open in one currency and what one compares by. */
export type Matching = {
  readonly candidates: readonly MatchCandidate[];
  readonly documents: readonly RecordedDocument[];
  readonly rules: readonly Rule[];
};

const MOST = 1000;

/** What transactions of one account may be for: the oldest that is open, and what is open by just their amounts. */
export async function matchingFor(work: Work, transactions: readonly BankTransaction[]): Promise<Matching> {
  const [first] = transactions;
  if (!first) return { candidates: [], documents: [], rules: [] };
  const filter = { status: 'open', side: 'debit', currency: first.currency, companyId: first.companyId ?? { isNull: true } };
  const oldest = await work.query<OpenItem>('open_item', { filter, sort: 'dueDate', limit: MOST });
  const amounts = [...new Set(transactions.map(({ size }) => size))].slice(0, MOST);
  const byAmount = await work.query<OpenItem>('open_item', { filter: { ...filter, open: { in: amounts } }, limit: MOST });
  const items = [...new Map([...oldest, ...byAmount].map((item) => [item.id, item])).values()];
  const ids = [...new Set(items.map(({ customerId }) => customerId))];
  const customers = await ofCustomers<Customer>(work, { object: 'customer', field: 'id' }, ids);
  const accounts = await ofCustomers<BankAccount>(work, { object: 'bank_account', field: 'customerId' }, ids);
  const names = new Map(customers.map(({ id, name }) => [id, name ?? null]));
  const ibans = Map.groupBy(accounts, ({ customerId }) => customerId);
  const own = await work.query<MatchingRule>('matching_rule', { limit: MOST });
  return {
    documents: await recordedAround(work, transactions),
    rules: own.length === 0 ? STANDARD_RULES : own.filter(({ isActive }) => isActive !== false),
    candidates: items.map((item) => ({
      ...item,
      customerName: names.get(item.customerId) ?? null,
      ibans: (ibans.get(item.customerId) ?? []).map(({ iban }) => iban),
    })),
  };
}

async function ofCustomers<R extends { readonly [field: string]: unknown }>(
  work: Work,
  { object, field }: { readonly object: string; readonly field: string },
  ids: readonly string[],
): Promise<readonly R[]> {
  const found: R[] = [];
  for (let at = 0; at < ids.length; at += MOST)
    found.push(...(await work.query<R>(object, { filter: { [field]: { in: ids.slice(at, at + MOST) } }, limit: MOST })));
  return found;
}

/** What is proposed for a transaction, the surest first, kept with it so that lists can be sorted by it. Money that went out settles nothing: it may be what was recorded. */
export async function propose(
  work: Work,
  transaction: BankTransaction,
  { candidates, documents, rules }: Matching,
): Promise<readonly Proposal[]> {
  const left = exact(transaction.size).minus(transaction.matched ?? 0);
  const compared = { ...transaction, left };
  const found = [
    ...documentProposals(compared, documents, rules),
    ...(exact(transaction.amount).gt(0) ? proposals(compared, candidates, rules) : []),
  ]
    .toSorted((a, b) => b.score - a.score)
    .slice(0, PROPOSALS_MAX);
  await work.save('bank_transaction', { id: transaction.id, proposals: jsonOf(JSON.stringify(found)), score: found[0]?.score ?? 0 });
  return found;
}
