import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addDays, addMonths, daysBetween, endOfMonth, nextDayOfMonth } from './dates.ts';

test('days are counted in the calendar, over leap days and the ends of years', () => {
  assert.equal(addDays('2028-02-28', 1), '2028-02-29');
  assert.equal(addDays('2026-01-01', -1), '2025-12-31');
  assert.equal(daysBetween('2026-03-01', '2026-03-01'), 0);
  assert.equal(daysBetween('2027-12-31', '2029-01-01'), 367);
  assert.equal(daysBetween('2026-03-02', '2026-03-01'), -1);
});

test('a month on is the same day, or the last that there is', () => {
  assert.deepEqual(
    [addMonths('2026-01-31', 1), addMonths('2028-01-31', 1), addMonths('2026-03-31', -1)],
    ['2026-02-28', '2028-02-29', '2026-02-28'],
  );
  assert.deepEqual([endOfMonth('2026-02-03'), endOfMonth('2026-12-31')], ['2026-02-28', '2026-12-31']);
  assert.deepEqual([nextDayOfMonth('2026-01-30', 30), nextDayOfMonth('2026-01-31', 30)], ['2026-01-30', '2026-02-28']);
});
