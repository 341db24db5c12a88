import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { exact } from '#platform/kernel/decimal.ts';
import type { ToldAccount } from './account-tree.ts';
import { cashFlow } from './cash-flow.ts';

const account = (code: string, type: ToldAccount['type'], role: NonNullable<ToldAccount['role']> | null = null): ToldAccount => ({
  id: code,
  code,
  name: code,
  type,
  role,
  parentId: null,
});
const ACCOUNTS = [
  account('bank', 'asset', 'bank'),
  account('clearing', 'asset', 'gatewayClearing'),
  account('debtors', 'asset', 'receivables'),
  account('machines', 'asset'),
  account('vat', 'liability', 'vatOutput'),
  account('loan', 'liability'),
  account('capital', 'equity'),
  account('sales', 'income', 'revenue'),
  account('rent', 'expense'),
];

suite('A cash flow', () => {
  test('goes from the result to the change of cash, whatever was posted', () => {
    const entries: readonly (readonly [string, string, number])[] = [
      ['debtors', 'sales', 1000],
      ['debtors', 'vat', 190],
      ['clearing', 'debtors', 690],
      ['bank', 'clearing', 600],
      ['rent', 'bank', 200],
      ['machines', 'bank', 150],
      ['bank', 'loan', 500],
      ['bank', 'capital', 25],
    ];
    const moved = new Map(
      ACCOUNTS.map(({ code }) => {
        const sum = (at: 0 | 1) => exact(entries.filter((entry) => entry[at] === code).reduce((total, [, , amount]) => total + amount, 0));
        return [code, { debit: sum(0), credit: sum(1) }] as const;
      }),
    );
    const flow = cashFlow(ACCOUNTS, moved);
    const told = (name: 'operating' | 'investing' | 'financing') => flow[name].map((one) => `${one.account.code} ${one.amount.toString()}`);
    assert.equal(String(flow.result), '800');
    assert.deepEqual(told('operating'), ['debtors -500', 'vat 190']);
    assert.deepEqual(told('investing'), ['machines -150']);
    assert.deepEqual(told('financing'), ['loan 500', 'capital 25']);
    assert.equal(String(flow.change), '865');
    const parts = [...flow.operating, ...flow.investing, ...flow.financing].reduce((sum, { amount }) => sum.plus(amount), flow.result);
    assert.ok(parts.equals(flow.change));
  });
});
