import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { ToldAccount } from './account-tree.ts';
import { vatReturn, type VatMovement } from './vat-rows.ts';

const account = (id: string, role: NonNullable<ToldAccount['role']>, more: Partial<ToldAccount> = {}): readonly [string, ToldAccount] => [
  id,
  { id, code: id, name: id, type: 'income', parentId: null, role, ...more },
];
const ACCOUNTS = new Map([
  account('sales', 'revenue', { vatReturnCode: '81' }),
  account('export', 'revenue'),
  account('vat19', 'vatOutput', { vatCategory: 'S', vatRate: '19' }),
  account('vat', 'vatOutput'),
  account('input', 'vatInput'),
  account('discount', 'discount'),
  account('debtors', 'receivables'),
]);
const moved = (
  accountId: string,
  vatCategory: string | null,
  vatRate: string | null,
  [debit, credit]: readonly [string, string],
): VatMovement => ({
  accountId,
  vatCategory,
  vatRate,
  debit,
  credit,
});

suite('A VAT return', () => {
  test('tells what was taxed and the tax by category and rate, credit notes and discounts taken off, and what is to be paid', () => {
    const { sales, output, input, payable } = vatReturn(
      [
        moved('sales', 'S', '19.00', ['100', '1100']),
        moved('discount', 'S', '19', ['20', '0']),
        moved('vat19', null, null, ['22.80', '209']),
        moved('sales', 'S', '7', ['0', '50']),
        moved('vat', 'S', '7', ['0', '3.50']),
        moved('export', 'G', '0', ['0', '300']),
        moved('debtors', 'S', '19', ['1190', '0']),
        moved('input', null, null, ['19', '0']),
        moved('vat', null, null, ['0', '1']),
      ],
      ACCOUNTS,
    );
    assert.deepEqual(
      sales.map(({ category, rate, codes, taxable, tax }) => [category, rate, codes.join(), taxable.toString(), tax.toString()]),
      [
        ['S', '19.00', '81', '980', '186.2'],
        ['S', '7', '81', '50', '3.5'],
        ['G', '0', '', '300', '0'],
        [null, null, '', '0', '1'],
      ],
    );
    assert.deepEqual([output, input, payable].map(String), ['190.7', '19', '171.7']);
  });
});
