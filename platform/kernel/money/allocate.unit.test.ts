import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { allocate } from './allocate.ts';
import { sum, units } from './oracle.fixture.ts';

test('what does not divide goes to the largest remainders, of equal ones to the first', () => {
  assert.deepEqual(allocate('100.00', ['1', '1', '1'], 2), ['33.34', '33.33', '33.33']);
  assert.deepEqual(allocate('0.05', ['30', '60', '10'], 2), ['0.02', '0.03', '0.00']);
  assert.deepEqual(allocate('1', ['2', '3', '5'], 0), ['0', '0', '1']);
  assert.deepEqual(allocate('10.001', ['1', '2'], 3), ['3.334', '6.667']);
});

test('a negative total is split as the positive one is', () => {
  assert.deepEqual(allocate('-100.00', ['1', '1', '1'], 2), ['-33.34', '-33.33', '-33.33']);
});

test('weights may be negative, cancel out or be nothing', () => {
  assert.deepEqual(allocate('10.00', ['150', '-50'], 2), ['15.00', '-5.00']);
  assert.deepEqual(allocate('10.00', ['50', '-50'], 2), ['5.00', '5.00']);
  assert.deepEqual(allocate('0.03', ['0', '0'], 2), ['0.02', '0.01']);
  assert.deepEqual(allocate('5.00', [], 2), []);
});

test('parts add up to the whole and none is a unit or more away from its proportion', () => {
  const cents = fc.integer({ min: -10_000_000, max: 10_000_000 });
  const weights = fc.array(fc.nat({ max: 1_000_000 }), { minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(cents, weights, fc.constantFrom(0, 2, 3), (total, weight, digits) => {
      const written = (BigInt(total) < 0n ? '-' : '') + pointed(BigInt(Math.abs(total)), digits);
      const parts = allocate(written, weight.map(String), digits).map((part) => units(part, digits));
      assert.equal(sum(parts), BigInt(total));
      const all = sum(weight.map(BigInt));
      if (all === 0n) return;
      parts.forEach((part, index) => {
        const miss = part * all - BigInt(total) * BigInt(weight[index] ?? 0);
        assert.ok(-all < miss && miss < all, `${part} of ${total} by ${weight[index]}/${all}`);
      });
    }),
  );
});

function pointed(value: bigint, digits: number): string {
  const text = String(value).padStart(digits + 1, '0');
  return digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`;
}
