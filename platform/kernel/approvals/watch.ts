import { namesIn } from '../conditions/names.ts';
import { exact, isDecimal } from '../decimal.ts';
import { isRecord } from '../is-record.ts';
import { isList } from '../json.ts';
import type { RecordValues } from '../module.ts';
import type { Approvals, ApprovalPolicy } from './words.ts';

/** Whether a change is one that approval does not cover: of what the policies read, of what the module watches, or of the lines. */
export function isWatchedChange(
  { watched, watchedOfLines }: Pick<Approvals, 'watched' | 'watchedOfLines'>,
  policies: readonly Pick<ApprovalPolicy, 'condition'>[],
  change: { readonly before: RecordValues; readonly after: RecordValues },
): boolean {
  const names = new Set([...watched, ...policies.flatMap(({ condition }) => [...namesIn(condition)])]);
  if ([...names].some((name) => !isSame(change.before[name], change.after[name]))) return true;
  const [before, after] = [rowsOf(change.before['lines']), rowsOf(change.after['lines'])];
  if (before.length !== after.length) return true;
  return after.some((row, index) => watchedOfLines.some((name) => !isSame(before[index]?.[name], row[name])));
}

function rowsOf(value: unknown): readonly RecordValues[] {
  return isList(value) ? value.filter(isRecord) : [];
}

/** Decimals are the same whatever their zeros; nothing and null are. */
function isSame(left: unknown, right: unknown): boolean {
  if (isDecimal(left) && isDecimal(right)) return exact(left).equals(right);
  return JSON.stringify(left ?? null) === JSON.stringify(right ?? null);
}
