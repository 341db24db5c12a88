import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forecastOf, monthOf, monthsBetween, percentOf, targetIn } from './forecast.ts';

const TODAY = '2026-03-10';
const open = {
  status: 'open',
  forecastCategory: 'pipeline',
  expectedCloseOn: '2026-04-20',
  companyAmount: '1000.00',
  weightedAmount: '250.00',
};
const won = {
  status: 'won',
  forecastCategory: 'pipeline',
  expectedCloseOn: '2026-05-01',
  closedOn: '2026-03-02',
  companyAmount: '800.00',
  weightedAmount: '800.00',
};
const lost = {
  status: 'lost',
  forecastCategory: 'commit',
  expectedCloseOn: '2026-04-20',
  closedOn: '2026-03-03',
  companyAmount: '5000.00',
  weightedAmount: '0.00',
};

test('A deal counts in one month: won when it was won, open when it is expected, late ones now, lost ones never', () => {
  assert.equal(monthOf(open, TODAY), '2026-04-01');
  assert.equal(monthOf({ ...open, expectedCloseOn: '2026-01-05' }, TODAY), '2026-03-01');
  assert.equal(monthOf(won, TODAY), '2026-03-01');
  assert.equal(monthOf(lost, TODAY), null);
  assert.equal(monthOf({ ...open, forecastCategory: 'omitted' }, TODAY), null);
  assert.equal(monthOf({ ...open, expectedCloseOn: null }, TODAY), null);
});

test('Open deals count by their probability, won ones as they are', () => {
  const committed = { ...open, forecastCategory: 'commit', companyAmount: '600.00', weightedAmount: '540.00' };
  assert.deepEqual(forecastOf([open, committed, won, lost]), {
    won: '800.00',
    commit: '600.00',
    bestCase: '600.00',
    pipeline: '1600.00',
    forecast: '1590.00',
    deals: 3,
  });
});

test('A target is spread over its days', () => {
  const quarter = { startsOn: '2026-01-01', endsOn: '2026-03-31', amount: '9000' };
  assert.equal(targetIn([quarter], '2026-02-01'), '2800.00');
  assert.equal(targetIn([quarter], '2026-04-01'), null);
  const months = monthsBetween('2026-01-15', '2026-03-02');
  assert.deepEqual(months, ['2026-01-01', '2026-02-01', '2026-03-01']);
  assert.equal(
    months.reduce((sum, month) => sum + Number(targetIn([quarter], month)), 0),
    9000,
  );
});

test('Nothing is no part of nothing', () => {
  assert.equal(percentOf('50', '200'), '25.0');
  assert.equal(percentOf('50', '0'), null);
  assert.equal(percentOf('50', null), null);
});
