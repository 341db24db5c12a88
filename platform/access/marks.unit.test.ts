import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openMarks } from './marks.ts';

test('A mark is the same for a text however it is written, another for another, and under another secret; it stands for itself', () => {
  const markOf = openMarks('one');
  const mark = markOf('Ana@Example.org ');
  assert.match(mark, /^erased\/[0-9a-f]{64}$/);
  assert.equal(markOf('ana@example.org'), mark);
  assert.equal(markOf(mark), mark);
  assert.notEqual(markOf('ana@example.com'), mark);
  assert.notEqual(openMarks('other')('ana@example.org'), mark);
});
