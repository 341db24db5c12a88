import type { BankMatch, BankTransaction, OpenItem, OwnBankAccount, Payment } from '#metadata/records.gen.ts';
import { exact, sumOf, type Exact } from '#platform/kernel/decimal.ts';
import type { Work } from '#platform/kernel/module.ts';
import { toCurrency } from '#platform/kernel/money/currency.ts';
import { uuidV7 } from '#platform/kernel/uuid.ts';
import { allocatePayment } from '../items/allocate-payment.ts';
import { giveUp } from '../items/give-up.ts';
import { recordReceived } from '../items/record-received.ts';
import { wrong } from '../rules/allocation.ts';
import type { MatchLine } from '../rules/match-lines.ts';
import { openOf } from '../rules/open-amount.ts';

/** Why a match was made, and by whom. */
export type MatchedBy = { readonly score: number | null; readonly reasons: readonly string[]; readonly isAutomatic: boolean };

/**
 * What came in is for these items: a payment of each of their customers, which settles them. What is left goes to `restOf`, where one is named. The
 * transaction must be locked; it is never matched with more than it is of.
 */
export async function acceptLines(
  work: Work,
  transaction: BankTransaction,
  { lines, restOf, by }: { readonly lines: readonly MatchLine[]; readonly restOf: string | null; readonly by: MatchedBy },
): Promise<void> {
  const left = exact(transaction.size).minus(transaction.matched ?? 0);
  const asked = sumOf(lines.map(({ amount }) => amount ?? 0));
  if (exact(transaction.amount).lte(0) || asked.gt(left) || left.lte(0)) throw tooMuch(left, asked, transaction.currency);
  const groups = await byCustomer(work, lines);
  const rest = left.minus(asked);
  if (restOf && rest.gt(0) && !groups.has(restOf)) groups.set(restOf, []);
  for (const [customerId, own] of [...groups].toSorted(([a], [b]) => a.localeCompare(b))) {
    const amount = sumOf(own.map((line) => line.amount ?? 0)).plus(customerId === restOf ? rest : 0);
    const payment = await recordReceived(work, {
      ...ofTransaction(transaction),
      customerId,
      amount: toCurrency(amount, transaction.currency),
    });
    if (own.length > 0) await allocatePayment(work, payment, own);
    for (const line of own) if (line.isRestWrittenOff) await writeOffRest(work, transaction, line);
    await match(work, transaction, { paymentId: payment.id, isMade: true, amount, by });
  }
  await countMatched(work, transaction, restOf ? left : asked);
}

/** What a transaction is matched with is there already: recorded by hand before, or sent by us. */
export async function acceptDocument(
  work: Work,
  transaction: BankTransaction,
  {
    document,
    amount,
    by,
  }: { readonly document: Pick<BankMatch, 'paymentId' | 'refundId' | 'payoutId'>; readonly amount: Exact; readonly by: MatchedBy },
): Promise<void> {
  const left = exact(transaction.size).minus(transaction.matched ?? 0);
  const taken = amount.lt(left) ? amount : left;
  if (taken.lte(0)) throw tooMuch(left, amount, transaction.currency);
  await match(work, transaction, { ...document, isMade: false, amount: taken, by });
  await countMatched(work, transaction, taken);
}

async function byCustomer(work: Work, lines: readonly MatchLine[]): Promise<Map<string, MatchLine[]>> {
  const groups = new Map<string, MatchLine[]>();
  for (const line of lines) {
    const item = await work.get<OpenItem>('open_item', line.itemId);
    if (!item)
      throw wrong(
        { pointer: `${line.pointer}/itemId`, field: 'itemId' },
        { en: 'There is no such open item.', de: 'Diesen offenen Posten gibt es nicht.' },
      );
    groups.set(item.customerId, [...(groups.get(item.customerId) ?? []), line]);
  }
  return groups;
}

function ofTransaction({ bankAccountId, companyId, date, currency, text, name }: BankTransaction): Partial<Payment> {
  const reference = (text || name || '').slice(0, 200) || null;
  return { direction: 'in', method: 'bankTransfer', bankAccountId, companyId: companyId ?? null, date, currency, reference };
}

async function writeOffRest(work: Work, { bankAccountId, text }: BankTransaction, { itemId, pointer }: MatchLine): Promise<void> {
  const account = await work.get<OwnBankAccount>('own_bank_account', bankAccountId);
  const item = await work.lock<OpenItem>('open_item', itemId);
  const rest = openOf(item);
  if (rest.lte(0)) return;
  if (rest.gt(account?.writeOffMax ?? 0))
    throw wrong(
      { pointer, field: 'writeOff' },
      {
        en: `${toCurrency(rest, item.currency)} ${item.currency} is no small difference for this bank account. Write it off at the open item.`,
        de: `${toCurrency(rest, item.currency)} ${item.currency} ist für dieses Bankkonto keine kleine Differenz. Buchen Sie es beim offenen Posten aus.`,
      },
    );
  await giveUp(work, item, { amount: rest, reason: (text ?? '').slice(0, 200) || 'Difference' });
}

type Made = Pick<BankMatch, 'paymentId' | 'refundId' | 'payoutId'> & {
  readonly isMade: boolean;
  readonly amount: Exact;
  readonly by: MatchedBy;
};

async function match(work: Work, transaction: BankTransaction, { amount, by, ...of }: Made): Promise<void> {
  await work.create<BankMatch>('bank_match', uuidV7(), {
    ...of,
    transactionId: transaction.id,
    amount: toCurrency(amount, transaction.currency),
    currency: transaction.currency,
    score: by.score,
    reasons: [...by.reasons],
    isAutomatic: by.isAutomatic,
  });
}

async function countMatched(work: Work, { id, size, matched, currency }: BankTransaction, by: Exact): Promise<void> {
  const now = by.plus(matched ?? 0);
  await work.save('bank_transaction', { id, matched: toCurrency(now, currency), status: now.eq(size) ? 'matched' : 'partlyMatched' });
}

function tooMuch(left: Exact, asked: Exact, currency: string): Error {
  return wrong(
    { pointer: '/lines', field: 'lines' },
    {
      en: `${toCurrency(left, currency)} ${currency} of this transaction can be matched, not ${toCurrency(asked, currency)}. Only what came in settles what is open.`,
      de: `Von diesem Umsatz lassen sich ${toCurrency(left, currency)} ${currency} zuordnen, nicht ${toCurrency(asked, currency)}. Nur was einging, gleicht Offenes aus.`,
    },
  );
}
