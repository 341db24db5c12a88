import type { Field } from '#admin-ui/src/api/metadata.ts';

const AMOUNTS: readonly string[] = ['money', 'decimal', 'integer', 'bigint'];

/** Whether adding a column up means something: it does of amounts and counts, not of a mark on a scale, which is a number with an upper bound. */
export function isSummed(field: Field): boolean {
  if (field.system === true || !AMOUNTS.includes(field.type)) return false;
  return field.type === 'money' || field.maximum === undefined;
}
