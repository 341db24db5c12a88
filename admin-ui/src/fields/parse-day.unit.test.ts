import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isDay, parseDay } from './parse-day.ts';

const today = new Date(2026, 5, 15);
const day = (typed: string): string | null => parseDay(typed, today);

test('A day is understood with a year of two digits, and without one it is of this year', () => {
  assert.deepEqual(
    [day('6.5.26'), day('31.1.26'), day('31/01/26'), day('1.2.99')],
    ['2026-05-06', '2026-01-31', '2026-01-31', '1999-02-01'],
  );
  assert.deepEqual([day('1.2.46'), day('1.2.47')], ['2046-02-01', '1947-02-01']);
  assert.deepEqual([day('1.2.'), day('1.2'), day('24/12'), day('1. 2. 2027')], ['2026-02-01', '2026-02-01', '2026-12-24', '2027-02-01']);
  assert.deepEqual([day(' 31.1.2026 '), day('2026-1-31'), day('31-1-2026')], ['2026-01-31', '2026-01-31', '2026-01-31']);
});

test('What is no day is none: it is not moved to one that is near', () => {
  for (const typed of ['31.2.2026', '31.2.', '31.4.26', '0.1.26', '1.13.26', 'morgen', '1.2.202', '1', '', '1.2/26', '2026-02-30'])
    assert.equal(day(typed), null, typed);
  assert.deepEqual([isDay('2026-01-31'), isDay('2026-02-31'), isDay('31.1.26'), isDay('')], [true, false, false, false]);
});
