import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { periodEnd, periodName } from './periods.ts';

describe('Parts of the calendar', () => {
  test('end where the next begins, over the ends of months and years', () => {
    assert.equal(periodEnd('2026-12-31', 'day'), '2027-01-01');
    assert.equal(periodEnd('2026-12-28', 'week'), '2027-01-04');
    assert.equal(periodEnd('2026-12-01', 'month'), '2027-01-01');
    assert.equal(periodEnd('2026-10-01', 'quarter'), '2027-01-01');
    assert.equal(periodEnd('2026-01-01', 'year'), '2027-01-01');
  });

  test('are called as people call them', () => {
    assert.equal(periodName('2026-03-01', 'month', 'de'), 'März 2026');
    assert.equal(periodName('2026-03-01', 'month', 'en'), 'March 2026');
    assert.equal(periodName('2026-10-01', 'quarter', 'de'), 'Q4 2026');
    assert.equal(periodName('2026-01-01', 'year', 'en'), '2026');
    assert.equal(periodName('2026-12-28', 'week', 'de'), '28.12.2026 – 03.01.2027');
  });
});
