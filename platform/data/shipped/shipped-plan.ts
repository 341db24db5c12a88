import { exact, isDecimal } from '#platform/kernel/decimal.ts';
import type { Json } from '#platform/kernel/model.ts';
import type { RecordValues } from '#platform/kernel/module.ts';

/** A record that comes with the product, under a key that is its own for life. */
export type ShippedRecord = { readonly key: string; readonly values: { readonly [field: string]: Json } };

/** What is known of one from before: the record that it became, and what came with the product then. */
export type Kept = { readonly recordId: string; readonly shipped: { readonly [field: string]: Json } };

/** What is to be done: changes first, because a new record may take the place that a changed one leaves. */
export type ShippedPlan = {
  readonly changed: readonly {
    readonly key: string;
    readonly recordId: string;
    readonly before: Kept['shipped'];
    readonly after: Kept['shipped'];
  }[];
  readonly added: readonly ShippedRecord[];
};

/** What the product ships otherwise than when it was looked at last. What it ships no longer stays as it is. */
export function shippedPlan(records: readonly ShippedRecord[], kept: ReadonlyMap<string, Kept>): ShippedPlan {
  return {
    changed: records.flatMap(({ key, values }) => {
      const known = kept.get(key);
      return known && differing(known.shipped, values).length > 0
        ? [{ key, recordId: known.recordId, before: known.shipped, after: values }]
        : [];
    }),
    added: records.filter(({ key }) => !kept.has(key)),
  };
}

/** What a record takes over of a newer shipped one: the fields that differ from the earlier one, where nobody has changed them since. */
export function takenFromShipped(record: RecordValues, before: Kept['shipped'], after: Kept['shipped']): RecordValues {
  const untouched = differing(before, after).filter((field) => isSame(record[field] ?? null, before[field] ?? null));
  return Object.fromEntries(untouched.map((field) => [field, after[field] ?? null]));
}

function differing(before: Kept['shipped'], after: Kept['shipped']): readonly string[] {
  const fields = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...fields].filter((field) => !isSame(before[field] ?? null, after[field] ?? null));
}

/** Decimals are the same however they are written. */
function isSame(one: unknown, other: unknown): boolean {
  if (isDecimal(one) && isDecimal(other)) return exact(one).eq(other);
  return JSON.stringify(one) === JSON.stringify(other);
}
