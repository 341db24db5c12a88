import type { Transaction } from '#platform/data/database.ts';
import { isRecord } from '#platform/kernel/is-record.ts';
import { plainText } from '#platform/kernel/json.ts';
import type { Json } from '#platform/kernel/model.ts';

/** Where an import's events stand in the outbox: behind the first position, up to the second. Others' stand in between. */
export type ImportRange = { readonly from: string; readonly to: string };

/** The range in an import's checkpoint; null before its first step. */
export function rangeOf(checkpoint: Json): ImportRange | null {
  if (!isRecord(checkpoint) || checkpoint['from'] === undefined) return null;
  return { from: plainText(checkpoint['from']), to: plainText(checkpoint['to']) };
}

/** The last position of the outbox, the transaction's own included. */
export async function lastPosition(transaction: Transaction): Promise<string> {
  const [row] = await transaction.query({
    name: 'outbox_last',
    text: 'select coalesce(max(position), 0) from platform.outbox',
    values: [],
  });
  return row?.[0] ?? '0';
}
