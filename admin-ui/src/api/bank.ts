import { askFor } from './client.ts';
import { recordsPath, type BusinessObject } from './metadata.ts';
import type { RecordValues } from './records.ts';

/** Why a transaction is proposed for something. */
export type MatchReason = 'structuredReference' | 'referenceText' | 'amount' | 'iban' | 'name' | 'text';

/** An open item that a transaction may settle; decimals are strings. */
export type ProposedItem = {
  readonly itemId: string;
  readonly reference: string | null;
  readonly amount: string;
  readonly discount: string;
  readonly open: string;
};

/** What a transaction may be for, how sure that is (0 to 100), and why. */
export type MatchProposal = {
  readonly score: number;
  readonly customerId: string;
  readonly customer: string | null;
  readonly reasons: readonly MatchReason[];
  readonly items: readonly ProposedItem[];
  /** What was recorded already and would be matched instead of items. */
  readonly document?: {
    readonly kind: 'payment' | 'refund' | 'payout';
    readonly id: string;
    readonly reference: string | null;
    readonly amount: string;
  };
};

/** A transaction of a bank statement. */
export type BankTransaction = RecordValues & {
  readonly id: string;
  readonly status: 'unmatched' | 'partlyMatched' | 'matched' | 'setAside';
  readonly date: string;
  readonly amount: string;
  readonly size: string;
  readonly matched: string | null;
  readonly currency: string;
  readonly name: string | null;
  readonly iban: string | null;
  readonly text: string;
  readonly note: string | null;
  readonly score: number | null;
  readonly proposals: readonly MatchProposal[] | null;
};

/** How many transactions there are in each status. */
export async function countTransactions(
  object: BusinessObject,
  signal: AbortSignal,
): Promise<{ readonly done: number; readonly all: number }> {
  const body = { groupBy: ['status'], metrics: [{ fn: 'count', as: 'count' }] };
  const { items } = await askFor<{ items: readonly { status: string; count: number | string }[] }>(`${recordsPath(object)}/aggregate`, {
    method: 'POST',
    body,
    signal,
  });
  const sum = (wanted: (status: string) => boolean): number =>
    items.filter(({ status }) => wanted(status)).reduce((total, { count }) => total + Number(count), 0);
  return { done: sum((status) => status === 'matched' || status === 'setAside'), all: sum(() => true) };
}
