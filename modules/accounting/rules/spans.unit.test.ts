import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { covered } from './spans.ts';

const PERIODS = [
  { id: 'jan', from: '2026-01-01', to: '2026-01-31' },
  { id: 'feb', from: '2026-02-01', to: '2026-02-28' },
  { id: 'mar', from: '2026-03-01', to: '2026-03-31' },
];
const told = (from: string | null, to: string) => {
  const { whole, cut } = covered(PERIODS, { from, to });
  return [whole && `${whole.first}…${whole.last}`, cut.map(({ id }) => id)];
};

suite('Days over periods', () => {
  test('take whole periods, and of those that they cut the lines', () => {
    assert.deepEqual(told(null, '2026-02-28'), ['2026-01-01…2026-02-01', []]);
    assert.deepEqual(told(null, '2026-03-15'), ['2026-01-01…2026-02-01', ['mar']]);
    assert.deepEqual(told('2026-01-15', '2026-03-15'), ['2026-02-01…2026-02-01', ['jan', 'mar']]);
    assert.deepEqual(told('2026-02-10', '2026-02-20'), [null, ['feb']]);
    assert.deepEqual(told('2025-01-01', '2025-12-31'), [null, []]);
  });
});
