import type { BankTransaction, OwnBankAccount } from '#metadata/records.gen.ts';
import { exact } from '#platform/kernel/decimal.ts';
import { onEvent, type Work } from '#platform/kernel/module.ts';
import { acceptExisting } from '../bank/accept-existing.ts';
import { acceptLines } from '../bank/accept.ts';
import { matchingFor, propose, type Matching } from '../bank/candidates.ts';
import { bankStatementImported } from '../events.ts';
import { surest } from '../rules/bank-matching.ts';
import { documentIds } from '../rules/document-proposals.ts';

const MOST = 1000;

/** What a new statement has is proposed for at once; what is sure enough for its bank account is matched without anybody. */
export const matchStatement = onEvent(bankStatementImported, 'matchStatement', async (work, { statementId, bankAccountId }) => {
  const account = await work.get<OwnBankAccount>('own_bank_account', bankAccountId);
  const transactions = await work.query<BankTransaction>('bank_transaction', {
    filter: { statementId, status: 'unmatched' },
    sort: 'date',
    limit: MOST,
  });
  let matching = await matchingFor(work, transactions);
  for (const { id } of transactions) matching = await matchOne(work, id, { matching, from: account?.autoAcceptFrom ?? 101 });
});

/** Answers what can be matched with the next ones: what was settled is open no more. */
async function matchOne(work: Work, id: string, { matching, from }: { matching: Matching; from: number }): Promise<Matching> {
  const transaction = await work.lock<BankTransaction>('bank_transaction', id);
  if (transaction.status !== 'unmatched') return matching;
  const found = await propose(work, transaction, matching);
  const sure = surest(found, from);
  if (!sure) return matching;
  const by = { score: sure.score, reasons: sure.reasons, isAutomatic: true };
  const { document } = sure;
  if (document) {
    await acceptExisting(work, transaction, documentIds(document), by);
    return { ...matching, documents: matching.documents.filter(({ id: one }) => one !== document.id) };
  }
  const lines = sure.items.map(({ itemId, amount, discount }, index) => ({
    itemId,
    amount,
    paid: null,
    discount: exact(discount),
    pointer: `/lines/${index}`,
    isRestWrittenOff: false,
  }));
  await acceptLines(work, transaction, {
    lines,
    restOf: sure.customerId,
    by,
  });
  return { ...matching, candidates: matching.candidates.filter((item) => !lines.some(({ itemId }) => itemId === item.id)) };
}
