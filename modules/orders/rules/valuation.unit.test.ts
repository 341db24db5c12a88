import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { exact, sumOf } from '#platform/kernel/decimal.ts';
import { issue, receive, type Holding } from './valuation.ts';

const empty = (valuation: Holding['valuation']): Holding => ({ valuation, quantity: '0', value: '0', layers: [] });

test('Moving average: what leaves costs what all of it costs on average', () => {
  const first = receive(empty('movingAverage'), '10', '100.00').holding;
  const second = receive(first, '10', '200.00').holding;
  const { holding, value } = issue(second, '5');
  assert.deepEqual([value, holding.quantity, holding.value], ['-75.00', '15', '225.00']);
});

test('First in, first out: what leaves costs what the oldest receipts cost', () => {
  const stocked = receive(receive(empty('fifo'), '10', '100.00').holding, '10', '200.00').holding;
  const { holding, value } = issue(stocked, '15');
  assert.deepEqual([value, holding.value, holding.layers], ['-200.00', '100.00', [{ quantity: '5', value: '100.00' }]]);
});

type Step = { readonly isReceipt: boolean; readonly share: number; readonly cents: number };
const steps = fc.array(
  fc.record({ isReceipt: fc.boolean(), share: fc.integer({ min: 1, max: 1000 }), cents: fc.integer({ min: 0, max: 1_000_000 }) }),
  { maxLength: 60 },
);

/** Receives, or lets go a share of what is there. */
function walk(valuation: Holding['valuation'], path: readonly Step[]): { holding: Holding; values: readonly string[] } {
  let holding = empty(valuation);
  const values: string[] = [];
  for (const { isReceipt, share, cents } of path) {
    const quantity = exact(holding.quantity).times(share).div(1000).toFixed(3);
    if (!isReceipt && exact(quantity).isZero()) continue;
    const moved = isReceipt ? receive(holding, String(share), exact(cents).div(100).toFixed(2)) : issue(holding, quantity);
    values.push(moved.value);
    ({ holding } = moved);
  }
  return { holding, values };
}

for (const valuation of ['movingAverage', 'fifo'] as const) {
  test(`${valuation}: movements add up to the value, it is never negative, and nothing is worth nothing`, () => {
    fc.assert(
      fc.property(steps, (path) => {
        const { holding, values } = walk(valuation, path);
        assert.ok(sumOf(values).eq(holding.value));
        assert.ok(exact(holding.value).gte(0));
        if (exact(holding.quantity).isZero()) return assert.ok(exact(holding.value).isZero());
        const emptied = issue(holding, holding.quantity).holding;
        assert.deepEqual([emptied.quantity, exact(emptied.value).isZero(), emptied.layers], ['0', true, []]);
      }),
    );
  });
}

test('The layers of FIFO hold all that is there', () => {
  fc.assert(
    fc.property(steps, (path) => {
      const { holding } = walk('fifo', path);
      assert.ok(sumOf(holding.layers.map((layer) => layer.quantity)).eq(holding.quantity));
      assert.ok(sumOf(holding.layers.map((layer) => layer.value)).eq(holding.value));
    }),
  );
});
