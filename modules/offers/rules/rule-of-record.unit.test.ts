import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { PricingRule } from '#metadata/records.gen.ts';
import { Refusal } from '#platform/kernel/errors.ts';
import { refuseUnclear, ruleOf } from './rule-of-record.ts';

const RULE: PricingRule = {
  id: '01890a5d-ac96-774b-bcce-b302099a8057',
  version: 1,
  createdAt: '2026-01-01T00:00:00.000Z',
  createdBy: 'system',
  updatedAt: '2026-01-01T00:00:00.000Z',
  updatedBy: 'system',
  name: 'Spring',
  priority: 10,
  effect: 'discount',
};

describe('A pricing rule', () => {
  for (const [values, field] of [
    [{ effect: 'rate' }, 'amount'],
    [{ effect: 'discount' }, 'percent'],
    [{ effect: 'discount', percent: '5', amount: '1', currency: 'EUR' }, 'percent'],
    [{ effect: 'discount', percent: '101' }, 'percent'],
    [{ effect: 'margin', amount: '1' }, 'currency'],
    [{ effect: 'free' }, 'freeQuantity'],
    [{ effect: 'free', freeQuantity: '1', forEach: '0' }, 'forEach'],
  ] as const satisfies readonly (readonly [Partial<PricingRule>, string])[])
    test(`is refused that says ${JSON.stringify(values)}`, () => {
      assert.throws(
        () => refuseUnclear({ ...RULE, ...values }),
        (error) => error instanceof Refusal && error.details.errors?.[0]?.field === field,
      );
    });

  test('has one effect', () => {
    refuseUnclear({ ...RULE, percent: '5' });
    assert.deepEqual(ruleOf({ ...RULE, percent: '5' }).effect, { kind: 'discount', percent: '5' });
    assert.deepEqual(ruleOf({ ...RULE, effect: 'margin', amount: '2', currency: 'EUR' }).effect, { kind: 'margin', amount: '2' });
    assert.deepEqual(ruleOf({ ...RULE, effect: 'free', freeQuantity: '1' }).effect, {
      kind: 'free',
      productId: null,
      quantity: '1',
      forEach: null,
    });
  });
});
