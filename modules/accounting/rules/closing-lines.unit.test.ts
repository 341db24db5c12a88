import assert from 'node:assert/strict';
import { test } from 'node:test';
import { closingLines } from './closing-lines.ts';

const accounts = [
  { id: 'bank', type: 'asset' },
  { id: 'sales', type: 'income' },
  { id: 'rent', type: 'expense' },
  { id: 'post', type: 'expense' },
] as const;

test('The year’s end empties income and expense over all periods into the result, and nothing else', () => {
  const balances = [
    { accountId: 'sales', debit: '10', credit: '500.00' },
    { accountId: 'sales', debit: '0', credit: '10' },
    { accountId: 'rent', debit: '200', credit: '0' },
    { accountId: 'bank', debit: '300', credit: '0' },
    { accountId: 'post', debit: '5', credit: '5' },
  ];
  assert.deepEqual(closingLines(balances, accounts, { result: 'earnings', currency: 'EUR' }), [
    { accountId: 'sales', debit: '500.00', credit: null },
    { accountId: 'rent', debit: null, credit: '200.00' },
    { accountId: 'earnings', debit: null, credit: '300.00' },
  ]);
  assert.deepEqual(closingLines([], accounts, { result: 'earnings', currency: 'EUR' }), []);
  const even = [
    { accountId: 'sales', debit: '0', credit: '7' },
    { accountId: 'rent', debit: '7', credit: '0' },
  ];
  assert.equal(closingLines(even, accounts, { result: 'earnings', currency: 'EUR' }).length, 2);
});
