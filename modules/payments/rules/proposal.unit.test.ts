import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { exact } from '#platform/kernel/decimal.ts';
import { earlyDiscountOf } from './early-discount.ts';
import { propose, type Candidate } from './proposal.ts';
import { namesIn } from './reference.ts';

const item = (id: string, amount: string, more: Partial<Candidate> = {}): Candidate => ({
  id,
  kind: 'invoice',
  status: 'open',
  reference: `IN-2026-0000${id}`,
  date: `2026-01-0${id}`,
  dueDate: `2026-02-0${id}`,
  currency: 'EUR',
  amount,
  allocated: '0',
  instalments: null,
  ...more,
});
const payer = (left: string, reference: string | null = null, date = '2026-01-20') => ({
  left: exact(left),
  currency: 'EUR',
  date,
  reference,
});
const items = [item('1', '100.00'), item('2', '50.00'), item('3', '70.00', { currency: 'USD' }), item('4', '80.00')];
const amounts = (...args: Parameters<typeof propose>) => propose(...args).map(({ itemId, amount, discount }) => [itemId, amount, discount]);

describe('A payment is proposed', () => {
  test('to the oldest items of its currency first, as far as it goes', () => {
    assert.deepEqual(amounts(payer('120'), items), [
      ['1', '100.00', '0.00'],
      ['2', '20.00', '0.00'],
    ]);
    assert.deepEqual(amounts(payer('0'), items), []);
  });

  test('to what its reference names before that, however the bank writes it', () => {
    assert.deepEqual(amounts(payer('90', 'RG in2026 00004 danke'), items), [
      ['4', '80.00', '0.00'],
      ['1', '10.00', '0.00'],
    ]);
  });

  test('to the item that it pays exactly, with or without early discount, when it names none', () => {
    assert.deepEqual(amounts(payer('50'), items), [['2', '50.00', '0.00']]);
    const instalments = [{ dueDate: '2026-02-02', amount: '50.00', discountAmount: '1.00', discountDate: '2026-01-20' }];
    const early = [items[0] ?? item('1', '100.00'), item('2', '50.00', { instalments })];
    assert.deepEqual(amounts(payer('49'), early), [['2', '49.00', '1.00']]);
    assert.deepEqual(amounts(payer('49', null, '2026-01-21'), early), [['1', '49.00', '0.00']]);
  });
});

test('An early discount is for instalments of which nothing is settled and whose day has not passed', () => {
  const instalments = [
    { dueDate: '2026-03-01', amount: '60.00', discountAmount: '1.20', discountDate: '2026-02-20' },
    { dueDate: '2026-02-01', amount: '40.00', discountAmount: '0.80', discountDate: '2026-01-10' },
  ];
  const whole = item('1', '100.00', { instalments });
  const of = (candidate: Candidate, day: string) => earlyDiscountOf(candidate, day).amount.toFixed(2);
  assert.deepEqual([of(whole, '2026-01-10'), of(whole, '2026-01-11'), of(whole, '2026-02-21')], ['2.00', '1.20', '0.00']);
  assert.equal(of({ ...whole, allocated: '40.00' }, '2026-01-10'), '1.20');
  assert.equal(of({ ...whole, allocated: '40.01' }, '2026-01-10'), '0.00');
});

test('A text names a number when it is all there and not the beginning of another', () => {
  assert.ok(namesIn('Rechnung IN-2026-00012, Kd. 7', 'IN-2026-00012'));
  assert.ok(namesIn('IN 2026/00012', 'IN-2026-00012'));
  assert.ok(!namesIn('IN-2026-000123', 'IN-2026-00012'));
  assert.ok(namesIn('IN-2026-000123 IN-2026-00012', 'IN-2026-00012'));
  assert.ok(!namesIn('7', '7'));
});
