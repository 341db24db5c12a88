import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isConfirmedAlike, type Confirmed } from './confirmed-content.ts';

const LINES = [{ id: 'a', quantity: '10', unitPrice: '5.00', amount: '50.00' }];
const ORDER: Confirmed = { customerId: 'c', subject: 'Chairs', netTotal: '50.00', lines: LINES };

test('A confirmation is outdated by what it prints, not by counts and zeros', () => {
  const counted = LINES.map((line) => ({ ...line, quantity: '10.000', delivered: '3', reserved: '7', invoiceClaimed: '1' }));
  assert.ok(isConfirmedAlike(ORDER, { ...ORDER, netTotal: '50', lines: counted }));
  assert.ok(!isConfirmedAlike(ORDER, { ...ORDER, subject: 'Desks' }));
  assert.ok(!isConfirmedAlike(ORDER, { ...ORDER, lines: [{ ...LINES[0], id: 'a', quantity: '11' }] }));
  assert.ok(!isConfirmedAlike(ORDER, { ...ORDER, shippingAddress: { city: 'Ulm' } }));
});
