import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { OfferLine } from '#metadata/records.gen.ts';
import { dealFigures } from './deal-figures.ts';

const line = (values: Partial<OfferLine>): OfferLine => ({ quantity: '10', unitPrice: '10', amount: '100', netAmount: '100', ...values });

test('The discount of an offer is that of all lines together, and the highest of one line stands beside it', () => {
  const lines = [line({}), line({ discountPercent: '20', amount: '80', netAmount: '80' })];
  assert.deepEqual(dealFigures(lines, new Map()), { discountPercent: '10.00', highestDiscountPercent: '20.00', marginPercent: null });
});

test('The margin is that of the lines whose products have a cost; it may be below nothing', () => {
  const lines = [line({ productId: 'tea' }), line({ productId: 'advice', amount: '900', netAmount: '900' })];
  assert.equal(dealFigures(lines, new Map([['tea', '8']])).marginPercent, '20.00');
  assert.equal(dealFigures(lines, new Map([['tea', '12.5']])).marginPercent, '-25.00');
});

test('Of nothing there are no figures', () => {
  const nothing = { discountPercent: null, highestDiscountPercent: null, marginPercent: null };
  assert.deepEqual(dealFigures([], new Map()), nothing);
  const free = line({ productId: 'tea', unitPrice: '0', amount: '0', netAmount: '0' });
  assert.deepEqual(dealFigures([free], new Map([['tea', '8']])), { ...nothing, highestDiscountPercent: '0.00' });
});
