import assert from 'node:assert/strict';
import { test } from 'node:test';
import { byMonth } from './months.ts';

test('Days are added up exactly by month, the last twelve of them, also those without any', () => {
  const days = [
    { date: '2026-10-31', sum: '0.10' },
    { date: '2026-10-01', sum: '0.20' },
    { date: '2025-12-01', sum: '7' },
    { date: '2025-11-30', sum: '1000' },
  ];
  const months = byMonth(days, '2026-11-27');
  assert.equal(months.length, 12);
  assert.deepEqual(months[0], { month: '2025-12', sum: '7', from: '2025-12-01', until: '2025-12-31' });
  assert.deepEqual(months.at(-2), { month: '2026-10', sum: '0.30', from: '2026-10-01', until: '2026-10-31' });
  assert.deepEqual(months.at(-1), { month: '2026-11', sum: '0', from: '2026-11-01', until: '2026-11-30' });
  assert.equal(byMonth([], '2024-02-29').at(-1)?.until, '2024-02-29');
});
