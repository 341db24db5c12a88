import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bareName } from './same-company.ts';

test('Case, accents, punctuation and legal form make no other company', () => {
  assert.equal(bareName('Müller & Co. KG'), 'muller');
  assert.equal(bareName('MULLER'), 'muller');
  assert.equal(bareName('Adler Werke GmbH'), bareName('adler-werke'));
  assert.notEqual(bareName('Adler Werke'), bareName('Adler'));
});

test('A company that is called like a legal form keeps its name', () => {
  assert.equal(bareName('SE AG'), 'se ag');
});
