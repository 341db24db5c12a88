import { isRecord } from '#platform/kernel/is-record.ts';
import { isList } from '#platform/kernel/json.ts';

/** Whether a change of an order's lines (`{old, new}` of a record event) ordered more, less or something else; counts alone do not. */
export function changedQuantities(change: unknown): boolean {
  if (!isRecord(change)) return false;
  return ordered(change['old']) !== ordered(change['new']);
}

function ordered(lines: unknown): string {
  const rows = isList(lines) ? lines.filter(isRecord) : [];
  return JSON.stringify(rows.map((row) => [row['id'], row['productId'], row['quantity'], row['unitFactor'], row['kind']]));
}
