import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { formatDecimal } from './format.ts';
import { isNumberText, parseDecimal } from './typed-decimal.ts';

describe('An amount as somebody types it', () => {
  test('is the same amount in either notation, once both marks stand in it', () => {
    for (const language of ['en', 'de'] as const) {
      assert.equal(parseDecimal('1.234,56', language), '1234.56');
      assert.equal(parseDecimal('1,234.56', language), '1234.56');
      assert.equal(parseDecimal('-1.234.567,5', language), '-1234567.5');
      assert.equal(parseDecimal('1 234,5', language), '1234.5');
      assert.equal(parseDecimal('1,234,567', language), '1234567');
      assert.equal(parseDecimal('1.234.567', language), '1234567');
    }
  });

  test('with a single mark is read as the reader writes, and otherwise as the only number that it can be', () => {
    assert.deepEqual([parseDecimal('1.234', 'de'), parseDecimal('1.234', 'en')], ['1234', '1.234']);
    assert.deepEqual([parseDecimal('1,234', 'de'), parseDecimal('1,234', 'en')], ['1.234', '1234']);
    assert.deepEqual([parseDecimal('12.5', 'de'), parseDecimal('12,5', 'en')], ['12.5', '12.5']);
    assert.deepEqual([parseDecimal('0.125', 'de'), parseDecimal('0,125', 'en')], ['0.125', '0.125']);
    assert.deepEqual([parseDecimal('+5', 'en'), parseDecimal(',5', 'de'), parseDecimal('5.', 'en')], ['5', '0.5', '5']);
  });

  test('stays as it was typed when its marks stand where no number has them', () => {
    for (const typed of ['1.23,45', '1.234,567.89', '12,34,56', '1..5', '1.234,5,6', 'abc', '-', ',', '1e5', '12.34.567'])
      for (const language of ['en', 'de'] as const) {
        assert.equal(parseDecimal(typed, language), typed);
        assert.equal(isNumberText(typed), false, typed);
      }
  });

  test('is what is shown of it: whatever number is written in the form of a language is read in it as the same', () => {
    const decimal = fc.tuple(fc.bigInt(-(10n ** 17n), 10n ** 17n), fc.integer({ min: 0, max: 9999 })).map(([n, d]) => `${n}.${d}5`);
    for (const language of ['en', 'de'] as const)
      fc.assert(fc.property(decimal, (value) => assert.equal(parseDecimal(formatDecimal(value, language), language), value)));
  });
});
