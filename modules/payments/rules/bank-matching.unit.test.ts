import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { exact } from '#platform/kernel/decimal.ts';
import { alike, proposals, STANDARD_RULES, surest, type MatchCandidate } from './bank-matching.ts';
import { csvStatement } from './csv-statement.ts';

const candidate = (id: string, amount: string, more: Partial<MatchCandidate> = {}): MatchCandidate => ({
  id,
  kind: 'invoice',
  status: 'open',
  reference: `IN-2026-0000${id}`,
  date: '2026-01-01',
  dueDate: '2026-02-01',
  currency: 'EUR',
  amount,
  allocated: '0',
  instalments: null,
  customerId: `c${id}`,
  customerName: `Customer ${id} GmbH`,
  ibans: [],
  ...more,
});
const paid = (amount: string, text: string, more: object = {}) => ({
  amount,
  left: exact(amount),
  currency: 'EUR',
  date: '2026-01-20',
  name: null,
  iban: null,
  text,
  ...more,
});

describe('A bank transaction', () => {
  test('is for all that it names together, when that is its amount', () => {
    const candidates = [
      candidate('1', '60.00', { customerId: 'c' }),
      candidate('2', '40.00', { customerId: 'c' }),
      candidate('3', '100.00'),
    ];
    const found = proposals(paid('100.00', 'IN-2026-00001 / IN-2026-00002'), candidates, STANDARD_RULES);
    assert.deepEqual([found[0]?.score, found[0]?.items.map(({ amount }) => amount)], [100, ['60.00', '40.00']]);
    assert.equal(surest(found, 90), found[0]);
  });

  test('is sure of nothing by its amount alone, nor of one of two that are alike', () => {
    const found = proposals(paid('50.00', 'Danke'), [candidate('1', '50.00'), candidate('2', '50.00')], STANDARD_RULES);
    assert.deepEqual(
      found.map(({ score, reasons }) => [score, reasons]),
      [
        [40, ['amount']],
        [40, ['amount']],
      ],
    );
    assert.equal(surest(found, 40), null);
  });

  test('knows a customer by name whatever its legal form and order of words', () => {
    assert.ok(alike('SOEHNE MUELLER KG', 'Mueller & Soehne GmbH') === 1);
    assert.ok(alike('Schmidt GmbH', 'Meier GmbH') === 0);
  });
});

test('A statement of one day is read in the order in which its balances follow from each other', () => {
  const format = {
    dateColumn: 'Date',
    amountColumn: 'Amount',
    balanceColumn: 'Balance',
    dateFormat: 'ymd' as const,
    delimiter: 'comma' as const,
    hasDecimalComma: false,
  };
  const content = 'Date,Amount,Balance\n2026-01-02,10.00,25.00\n2026-01-02,5.00,15.00';
  const { openingBalance, closingBalance, transactions } = csvStatement(content, format);
  assert.deepEqual([openingBalance, closingBalance, transactions.map(({ amount }) => amount)], ['10', '25', ['5', '10']]);
});
