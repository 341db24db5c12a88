import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { exact } from '#platform/kernel/decimal.ts';
import { Refusal } from '#platform/kernel/errors.ts';
import { bothWays } from './quotation.ts';

const pair = { currency: 'USD', baseCurrency: 'EUR' };

describe('A rate is kept both ways', () => {
  test('from the side that was given, from the side that was changed, and as they stand where neither was', () => {
    assert.deepEqual(bothWays({ ...pair, inverseRate: '1.25' }, null), { rate: '0.8', inverseRate: '1.25' });
    const before = { ...pair, rate: '0.8', inverseRate: '1.25' };
    assert.deepEqual(bothWays({ ...before, rate: '0.5' }, before), { rate: '0.5', inverseRate: '2' });
    assert.deepEqual(bothWays(before, before), { rate: '0.8', inverseRate: '1.25' });
    assert.deepEqual(bothWays({ ...before, inverseRate: null }, before).inverseRate, '1.25');
  });

  test('refused are none, zero, two that do not belong together, and a currency in itself', () => {
    const wrong = [
      [pair, 'rate'],
      [{ ...pair, rate: '0' }, 'rate'],
      [{ ...pair, rate: '0.8', inverseRate: '0.8' }, 'inverseRate'],
      [{ currency: 'EUR', baseCurrency: 'EUR', rate: '1' }, 'baseCurrency'],
    ] as const;
    for (const [quoted, field] of wrong)
      assert.throws(
        () => bothWays(quoted, null),
        (error) => error instanceof Refusal && error.details.errors?.[0]?.field === field,
      );
  });

  test('the two sides belong together, whatever was given', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000_000 }), (parts) => {
        const { rate, inverseRate } = bothWays({ ...pair, rate: String(parts / 1000) }, null);
        assert.ok(exact(rate).times(inverseRate).minus(1).abs().lt('0.00001'));
      }),
    );
  });
});
