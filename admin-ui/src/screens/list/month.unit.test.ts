import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dayAfter, dayBy, instantOn, monthAfter, weeksOf } from './month.ts';

test('a month is drawn in whole weeks from Monday to Sunday', () => {
  assert.deepEqual(
    weeksOf('2026-11').map(([first, ...days]) => `${first} ${days.at(-1)}`),
    [
      '2026-10-26 2026-11-01',
      '2026-11-02 2026-11-08',
      '2026-11-09 2026-11-15',
      '2026-11-16 2026-11-22',
      '2026-11-23 2026-11-29',
      '2026-11-30 2026-12-06',
    ],
  );
  assert.equal(weeksOf('2027-02').length, 4);
  assert.equal(weeksOf('2026-12').at(-1)?.at(-1), '2027-01-03');
});

test('months and days go on over the ends of years and over leap days', () => {
  assert.deepEqual([monthAfter('2026-12', 1), monthAfter('2026-01', -1), monthAfter('2026-11', -23)], ['2027-01', '2025-12', '2024-12']);
  assert.deepEqual([dayAfter('2026-12-31'), dayAfter('2028-02-28')], ['2027-01-01', '2028-02-29']);
});

test('an instant on another day keeps its hour, also when the clocks were put back between', () => {
  assert.equal(dayBy('2026-03-01', -1), '2026-02-28');
  assert.equal(instantOn('2026-10-26', '2026-10-23T07:30:00Z', 'Europe/Berlin'), '2026-10-26T08:30:00.000Z');
  assert.equal(instantOn('2026-11-02', '2026-11-03T22:15:00Z', 'Europe/Berlin'), '2026-11-02T22:15:00.000Z');
  assert.equal(instantOn('2026-03-30', '2026-03-27T23:30:00Z', 'Europe/Berlin'), '2026-03-29T22:30:00.000Z');
});
