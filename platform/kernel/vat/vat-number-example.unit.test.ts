import assert from 'node:assert/strict';
import { test } from 'node:test';
import { VAT_NUMBER_EXAMPLES } from './vat-number-example.ts';
import { vatNumberFault } from './vat-number.ts';

test('The number that is shown as an example of a country is one that would be taken', () => {
  const wrong = Object.entries(VAT_NUMBER_EXAMPLES).filter(
    ([country, number]) => !number.startsWith(country) || vatNumberFault(number) !== null,
  );
  assert.deepEqual(wrong, []);
});
