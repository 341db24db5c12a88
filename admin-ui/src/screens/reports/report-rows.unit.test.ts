import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { ReportRow } from '#admin-ui/src/api/reports.ts';
import { onlyCurrency, parentsOf, unfolded } from './report-rows.ts';

const group = (name: string, level: number): ReportRow => ({ name, currency: 'EUR', row: { kind: 'group', level } });
const line = (name: string, level: number): ReportRow => ({ name, currency: 'EUR', row: { level } });
const ROWS = [
  group('Assets', 0),
  group('Cash', 1),
  line('Till', 2),
  line('Bank', 2),
  line('Stock', 1),
  group('Empty', 0),
  { name: 'Total', currency: 'EUR', row: { kind: 'total' } },
] as const satisfies readonly ReportRow[];

suite('The rows of a report', () => {
  test('are headed by groups that have rows further in', () => {
    assert.deepEqual(parentsOf(ROWS), [0, 1]);
  });

  test('are hidden under what is folded, and totals stay', () => {
    const named = (folded: readonly number[]) => unfolded(ROWS, new Set(folded)).map(({ row }) => row['name']);
    assert.equal(named([]).length, 7);
    assert.deepEqual(named([1]), ['Assets', 'Cash', 'Stock', 'Empty', 'Total']);
    assert.deepEqual(named([0, 1]), ['Assets', 'Empty', 'Total']);
  });

  test('have one currency only when all of them have the same', () => {
    assert.equal(onlyCurrency(ROWS), 'EUR');
    assert.equal(onlyCurrency([...ROWS, { currency: 'CHF' }]), null);
    assert.equal(onlyCurrency([]), null);
  });
});
