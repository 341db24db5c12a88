import assert from 'node:assert/strict';
import { test } from 'node:test';
import { issueFaults, type InvoiceParties } from './issue-faults.ts';
import type { MoneyLine } from './line.ts';
import { VAT_CATEGORIES, isVatCategory } from './vat-category.ts';

const SELLER: InvoiceParties = { sellerVatId: 'DE123456788', sellerCountry: 'DE' };
const COMPLETE: InvoiceParties = { ...SELLER, buyerVatId: 'FR40303265045', deliveryDate: '2026-03-01', deliveryCountry: 'FR' };

const line = (vatCategory: MoneyLine['vatCategory'], more: Partial<MoneyLine> = {}): MoneyLine => ({
  quantity: '1',
  unitPrice: '10',
  vatCategory,
  vatRate: vatCategory === 'S' ? '19' : '0',
  ...more,
});
const rulesOf = (lines: readonly MoneyLine[], parties: InvoiceParties): readonly string[] =>
  issueFaults({ currency: 'EUR', lines }, parties).map(({ rule, pointer }) => `${rule} ${pointer}`);

test('a complete invoice of any category has no fault', () => {
  for (const category of Object.keys(VAT_CATEGORIES).filter(isVatCategory)) {
    const { reason } = VAT_CATEGORIES[category];
    const parties = category === 'B' ? { ...COMPLETE, sellerCountry: 'IT' } : COMPLETE;
    assert.deepEqual(rulesOf([line(category, reason === 'needed' ? { vatExemptionReason: 'Because' } : {})], parties), [], category);
  }
});

test('what is not taxed says why, what is taxed or zero rated does not', () => {
  assert.deepEqual(rulesOf([line('S', { vatExemptionReason: 'x' }), line('E'), line('Z', { vatExemptionCode: 'VATEX-EU-O' })], COMPLETE), [
    'BR-S-10 /lines/0/vatExemptionReason',
    'BR-E-10 /lines/1/vatExemptionReason',
    'BR-Z-10 /lines/2/vatExemptionReason',
  ]);
});

test('the seller is known to a tax office, and who owes the tax or trades inside the Union has a number as well', () => {
  const reason = { vatExemptionReason: 'Because' };
  assert.deepEqual(rulesOf([line('S')], {}), ['BR-S-02 /sellerVatId']);
  assert.deepEqual(rulesOf([line('S')], { sellerTaxId: '21/815/08150' }), []);
  assert.deepEqual(rulesOf([line('AE', reason)], SELLER), ['BR-AE-02 /buyerVatId']);
  assert.deepEqual(rulesOf([line('K', reason)], SELLER), ['BR-IC-02 /buyerVatId', 'BR-IC-11 /deliveryDate', 'BR-IC-12 /deliveryCountry']);
  assert.deepEqual(rulesOf([line('G', reason)], { sellerTaxId: '21/815/08150' }), ['BR-G-02 /sellerVatId']);
  assert.deepEqual(rulesOf([line('B', { vatRate: '22' })], SELLER), ['BR-B-01 /sellerCountry']);
});

test('categories that cannot stand together name the line', () => {
  const untaxed = line('O', { vatRate: null, vatExemptionReason: 'Insurance tax' });
  const [fault] = issueFaults({ currency: 'EUR', lines: [untaxed, line('S')] }, COMPLETE);
  assert.deepEqual([fault?.rule, fault?.pointer], ['BR-O-11', '/lines/1/vatCategory']);
  assert.match(fault?.message ?? '', /^Line 2: category S cannot stand with category O/);
  const split = [line('S'), line('B', { vatRate: '22' })];
  assert.deepEqual(rulesOf(split, { ...COMPLETE, sellerCountry: 'IT' }), ['BR-B-02 /lines/0/vatCategory']);
});

test('a price is never negative: what is taken back has a negative quantity', () => {
  assert.deepEqual(rulesOf([line('S', { unitPrice: '-5' })], COMPLETE), ['BR-27 /lines/0/unitPrice']);
  assert.deepEqual(rulesOf([line('S', { quantity: '-5' })], COMPLETE), []);
});
