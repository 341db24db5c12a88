import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { exact } from '#platform/kernel/decimal.ts';
import { linePrice, type LinePrice, type PriceBook, type PriceRequest } from './line-price.ts';
import type { ListPriceEntry } from './list-price.ts';
import type { PricingRule } from './pricing-rule.ts';

const LISTS = [
  { id: 'standard', name: 'Standard 2026', currency: 'EUR', standard: true },
  { id: 'dealer', name: 'Dealers', currency: 'EUR' },
  { id: 'own', name: 'Harbour Tea House', currency: 'EUR' },
  { id: 'dollar', name: 'Overseas', currency: 'USD' },
];

const price = (priceListId: string, amount: string, more: Partial<ListPriceEntry> = {}): ListPriceEntry => ({
  priceListId,
  productId: 'tea',
  amount,
  ...more,
});

const rule = (name: string, effect: PricingRule['effect'], more: Partial<PricingRule> = {}): PricingRule => ({
  id: name,
  name,
  priority: 10,
  effect,
  ...more,
});

const request = (more: Partial<PriceRequest> = {}): PriceRequest => ({
  productId: 'tea',
  quantity: '10',
  baseUnit: 'bag',
  day: '2026-06-15',
  productGroups: ['green', 'drinks'],
  brand: 'Fern',
  customerId: 'harbour',
  customerGroups: ['cafes', 'hospitality'],
  territories: ['hamburg', 'germany'],
  campaignId: 'spring',
  currency: 'EUR',
  buyer: { currency: 'EUR' },
  ...more,
});

const ask = (book: Partial<PriceBook>, more: Partial<PriceRequest> = {}): LinePrice =>
  linePrice({ lists: LISTS, prices: [price('standard', '5.00')], rules: [], ...book }, request(more));

describe('The price list', () => {
  const prices = [
    price('standard', '5.00'),
    price('dealer', '4.20'),
    price('own', '3.90', { minimumQuantity: '50' }),
    price('dollar', '6.00'),
  ];
  const buyer = { currency: 'EUR', priceListId: 'own', groupPriceListIds: [null, 'dealer'] };

  test('is the customer’s, then the nearest group’s, then the standard one; the first that has a price', () => {
    assert.equal(ask({ prices }, { buyer, quantity: '50' }).netUnitPrice, '3.9');
    assert.equal(ask({ prices }, { buyer }).netUnitPrice, '4.2');
    assert.equal(ask({ prices }).netUnitPrice, '5');
    assert.deepEqual(ask({ prices }, { buyer }).explanation, [{ step: 'list', id: 'dealer', name: 'Dealers', by: 'group', price: '4.2' }]);
  });

  test('in another currency counts where there is a rate', () => {
    const abroad = { currency: 'EUR', priceListId: 'dollar' };
    assert.equal(ask({ prices }, { buyer: abroad }).netUnitPrice, '5');
    const rates = [{ from: 'USD', name: 'USD → EUR', times: '1', over: '1.0825' }];
    const found = ask({ prices, rates }, { buyer: abroad });
    assert.equal(found.netUnitPrice, '5.542725173');
    assert.deepEqual(
      found.explanation.map(({ step, price: after }) => [step, after]),
      [
        ['list', '6'],
        ['currency', '5.542725173'],
      ],
    );
  });

  test('that has none leaves the product’s own price, and without one there is none', () => {
    assert.deepEqual(
      ask({ prices: [] }, { fallbackPrice: '7.50' }).explanation.map(({ step, price: after }) => [step, after]),
      [['product', '7.5']],
    );
    assert.equal(ask({ prices: [] }).netUnitPrice, null);
  });
});

describe('A price of a list', () => {
  test('holds by quantity and date; the customer’s own comes first', () => {
    const prices = [
      price('standard', '5.00'),
      price('standard', '4.50', { minimumQuantity: '10' }),
      price('standard', '4.00', { minimumQuantity: '10', validFrom: '2026-06-01', validUntil: '2026-06-30' }),
      price('standard', '4.75', { customerId: 'harbour', validFrom: '2027-01-01' }),
    ];
    assert.equal(ask({ prices }, { quantity: '9.99' }).netUnitPrice, '5');
    assert.equal(ask({ prices }).netUnitPrice, '4');
    assert.equal(ask({ prices }, { day: '2026-07-01' }).netUnitPrice, '4.5');
    assert.equal(ask({ prices }, { day: '2027-01-01' }).netUnitPrice, '4.75');
    assert.equal(ask({ prices }, { day: '2027-01-01', customerId: 'other' }).netUnitPrice, '4.5');
  });

  test('is the unit’s own, else the base unit’s times what the unit holds', () => {
    const prices = [
      price('standard', '5.00'),
      price('standard', '4.80', { minimumQuantity: '100' }),
      price('standard', '110', { unit: 'pallet' }),
    ];
    assert.equal(ask({ prices }, { unit: 'pallet', unitFactor: '24', quantity: '1' }).netUnitPrice, '110');
    assert.equal(ask({ prices }, { unit: 'box', unitFactor: '12', quantity: '1' }).netUnitPrice, '60');
    assert.equal(ask({ prices }, { unit: 'box', unitFactor: '12', quantity: '9' }).netUnitPrice, '57.6');
    assert.equal(ask({ prices }, { unit: 'jug', quantity: '1' }).netUnitPrice, null);
  });

  test('is another unit’s over what that holds, where only that has one; its quantities count in it', () => {
    const prices = [price('standard', '60', { unit: 'box', factor: '12' }), price('standard', '100', { unit: 'pallet', factor: '24' })];
    const pieces = ask({ prices }, { unit: 'bag', unitFactor: '1', quantity: '5' });
    assert.deepEqual([pieces.netUnitPrice, pieces.explanation.at(-1)], ['5', { step: 'unit', name: 'box → bag', by: '÷ 12', price: '5' }]);
    const rows = ask({ prices }, { unit: 'row', unitFactor: '6', quantity: '5' });
    assert.deepEqual([rows.netUnitPrice, rows.explanation.at(-1)?.by], ['30', '× 6 ÷ 12']);
    const many = [price('standard', '60', { unit: 'box', factor: '12', minimumQuantity: '2' })];
    assert.equal(ask({ prices: many }, { unit: 'bag', unitFactor: '1', quantity: '23' }).netUnitPrice, null);
    assert.equal(ask({ prices: many }, { unit: 'bag', unitFactor: '1', quantity: '24' }).netUnitPrice, '5');
  });
});

describe('Rules', () => {
  test('set a rate, put the margin on it, take the discount off that, and add goods; and every step is told', () => {
    const rules = [
      rule('Summer', { kind: 'discount', percent: '10' }),
      rule('Freight', { kind: 'margin', amount: '0.40' }),
      rule('Contract', { kind: 'rate', amount: '4.60' }),
      rule('Ten plus one', { kind: 'free', quantity: '1', forEach: '10' }),
    ];
    const found = ask({ rules }, { quantity: '25' });
    assert.deepEqual(
      [found.listPrice, found.unitPrice, found.discountPercent, found.netUnitPrice, found.freeItems],
      ['5', '5', '10', '4.5', [{ productId: 'tea', quantity: '2', ruleId: 'Ten plus one' }]],
    );
    assert.deepEqual(
      found.explanation.map(({ step, name, by, price: after }) => [step, name, by, after]),
      [
        ['list', 'Standard 2026', 'standard', '5'],
        ['rate', 'Contract', '4.60', '4.6'],
        ['margin', 'Freight', '0.4', '5'],
        ['discount', 'Summer', '10%', '4.5'],
        ['free', 'Ten plus one', '2', null],
      ],
    );
  });

  test('hold for the product, its groups and brand, the customer, its groups and territories, the campaign', () => {
    const off = (more: Partial<PricingRule>): string | null =>
      ask({ rules: [rule('Off', { kind: 'discount', amount: '1' }, more)] }).netUnitPrice;
    const met: readonly Partial<PricingRule>[] = [
      { products: ['ink', 'tea'] },
      { productGroups: ['drinks'] },
      { brands: ['Fern'] },
      { customers: ['harbour'] },
      { customerGroups: ['hospitality'] },
      { territories: ['germany'] },
      { campaigns: ['spring', 'fair'] },
      { currency: 'EUR', products: [] },
      { validFrom: '2026-06-15', validUntil: '2026-06-15' },
      { minimumQuantity: '10', maximumQuantity: '10' },
      { minimumAmount: '50', maximumAmount: '50' },
    ];
    const unmet: readonly Partial<PricingRule>[] = [
      { products: ['ink'] },
      { productGroups: ['food'] },
      { brands: ['Moss'] },
      { customers: ['other'] },
      { customerGroups: ['bars'] },
      { territories: ['france'] },
      { campaigns: ['fair'] },
      { currency: 'USD' },
      { validUntil: '2026-06-14' },
      { validFrom: '2026-06-16' },
      { minimumQuantity: '10.01' },
      { maximumQuantity: '9' },
      { minimumAmount: '50.01' },
      { maximumAmount: '49.99' },
    ];
    for (const limits of met) assert.equal(off(limits), '4', JSON.stringify(limits));
    for (const limits of unmet) assert.equal(off(limits), '5', JSON.stringify(limits));
  });

  test('of a kind compete: the priority decides, and two equal ones are an error that says so', () => {
    const low = rule('Spring', { kind: 'discount', percent: '5' });
    const high = rule('Clearance', { kind: 'discount', percent: '30' }, { priority: 20 });
    assert.equal(ask({ rules: [low, high] }).netUnitPrice, '3.5');
    const twin = rule('Anniversary', { kind: 'discount', amount: '1' });
    assert.equal(ask({ rules: [low, twin, high] }).netUnitPrice, '3.5');
    assert.throws(() => ask({ rules: [low, twin] }), /“Spring” and “Anniversary” hold both and have the same priority, 10\./);
  });

  test('count base units, and their amounts are per base unit', () => {
    const rules = [rule('Bulk', { kind: 'discount', amount: '0.50' }, { minimumQuantity: '24' })];
    assert.equal(ask({ rules }, { unit: 'box', unitFactor: '12', quantity: '2' }).netUnitPrice, '54');
    assert.equal(ask({ rules }, { unit: 'box', unitFactor: '12', quantity: '1' }).netUnitPrice, '60');
  });

  test('that would make a price negative are refused', () => {
    assert.throws(() => ask({ rules: [rule('Gift', { kind: 'discount', amount: '5.01' })] }), /“Gift” takes more off than the price of 5/);
    assert.equal(ask({ rules: [rule('Gift', { kind: 'discount', percent: '100' })] }).netUnitPrice, '0');
  });

  test('in any order give the same price, and the last step is the price', () => {
    const percent = fc.integer({ min: 0, max: 100 }).map(String);
    const effects = fc.oneof(
      fc.record({ kind: fc.constantFrom('margin', 'discount'), percent }),
      fc.record({ kind: fc.constant('rate'), amount: percent }),
    );
    const rules = fc
      .array(effects, { maxLength: 6 })
      .map((all) => all.map((effect, index) => rule(`rule ${index}`, effect, { priority: index })));
    fc.assert(
      fc.property(rules, (all) => {
        const found = ask({ rules: all });
        assert.deepEqual(ask({ rules: all.toReversed() }), found);
        assert.equal(found.explanation.at(-1)?.price, found.netUnitPrice);
        assert.ok(exact(found.netUnitPrice ?? '-1').gte(0));
      }),
    );
  });
});
