import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nextOf } from './round-robin.ts';

test('Everybody is asked in turn, also after somebody has gone', () => {
  assert.equal(nextOf(['b', 'a', 'c'], null), 'a');
  assert.equal(nextOf(['b', 'a', 'c'], 'a'), 'b');
  assert.equal(nextOf(['b', 'a', 'c'], 'c'), 'a');
  assert.equal(nextOf(['a', 'c'], 'b'), 'c');
  assert.equal(nextOf([], 'b'), null);
});
