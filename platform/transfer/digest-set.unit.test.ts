import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { openDigestSet } from './digest-set.ts';

describe('A set of digests', () => {
  test('knows each of many texts, and none that was not added', () => {
    const set = openDigestSet();
    for (let n = 0; n < 20_000; n += 1) set.add(`text ${n}`);
    for (let n = 0; n < 20_000; n += 1) assert.ok(set.has(`text ${n}`), `text ${n}`);
    for (let n = 20_000; n < 40_000; n += 1) assert.ok(!set.has(`text ${n}`), `text ${n}`);
  });

  test('holds a text that is added again, and an empty one', () => {
    const set = openDigestSet();
    assert.ok(!set.has(''));
    set.add('');
    set.add('');
    assert.ok(set.has(''));
    assert.ok(!set.has(' '));
  });
});
