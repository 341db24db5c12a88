import assert from 'node:assert/strict';
import { test } from 'node:test';
import { numberGaps } from './number-gaps.ts';

const of = (companyId: string | null, ...numbers: readonly string[]) => numbers.map((number) => ({ number, companyId }));

test('Numbers without a gap have none, in whatever order they come, and beside other series', () => {
  assert.deepEqual(numberGaps(of('a', 'IN-2026-00003', 'IN-2026-00001', 'IN-2026-00002', 'IN-2025-00009')), []);
  assert.deepEqual(numberGaps([...of('a', 'IN-2026-00001'), ...of('b', 'IN-2026-00005')]), []);
});

test('A gap is told from its first number to its last, of the company whose it is', () => {
  assert.deepEqual(numberGaps(of('a', 'IN-2026-00001', 'IN-2026-00004', 'IN-2026-00005', 'IN-2026-00007')), [
    { companyId: 'a', from: 'IN-2026-00002', to: 'IN-2026-00003' },
    { companyId: 'a', from: 'IN-2026-00006', to: 'IN-2026-00006' },
  ]);
});

test('What has no number in it is no series', () => {
  assert.deepEqual(numberGaps(of(null, 'draft', '')), []);
});
