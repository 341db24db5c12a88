import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isOwnHeader, refusedRows } from './refused-rows.ts';

test("Refused rows leave with their reasons in the reader's language, and do so again without those of the time before", () => {
  const sentence = { en: 'There is no Product Tee.', de: '„Tee“ gibt es nicht (Produkt).' };
  const errors = [
    { row: 7, column: 'product', message: sentence.en, sentence, cells: ['7', 'old', 'Tee', '=1+1'] },
    {
      row: 7,
      column: 'count',
      message: 'Count is over 5.',
      rule: 'maximum',
      limit: 5,
      label: { en: 'Count' },
      cells: ['7', 'old', 'Tee', '=1+1'],
    },
    { row: 7, column: null, message: 'What only programs meet.', cells: ['7', 'old', 'Tee', '=1+1'] },
  ];
  const headers = ['# Row', '# Reason refused', 'product', 'Reason'];
  const reasons = 'product: „Tee“ gibt es nicht (Produkt). count: Höchstens 5. What only programs meet.';
  assert.equal(refusedRows(headers, errors, 'de'), `\ufeff# Zeile,# Ablehnungsgrund,product,Reason\r\n7,${reasons},Tee,'=1+1\r\n`);
  assert.match(refusedRows(headers, errors, 'en'), /^\ufeff# Row,# Reason refused,product,Reason\r\n7,product: There is no Product Tee\./);
  assert.deepEqual(['# Zeile', '# Row', 'Row', 'Reason', 'Grund'].map(isOwnHeader), [true, true, false, false, false]);
});
