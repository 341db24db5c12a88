import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { listCell, listIn } from './list-cell.ts';

test('Several texts in a cell are read as they were written, whatever stands in them', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'ä', ',', ';', '|', '"', "'", ' ', '=') });
  fc.assert(fc.property(fc.array(text, { minLength: 1 }), (texts) => assert.deepEqual(listIn(listCell(texts)), texts)));
  assert.equal(listCell(['red', 'sea, blue', 'a "b" c']), 'red,"sea, blue",a "b" c');
});

test('A cell that people or older files wrote means what it did', () => {
  assert.deepEqual(listIn('red, blue;green | grey'), ['red', 'blue', 'green', 'grey']);
  assert.deepEqual(listIn('5" pipe,say "hi", "loud" music'), ['5" pipe', 'say "hi"', '"loud" music']);
  assert.deepEqual(listIn('"open, end'), ['"open', 'end']);
  assert.deepEqual(listIn('red,'), ['red', '']);
});
