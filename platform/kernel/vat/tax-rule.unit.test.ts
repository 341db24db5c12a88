import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Refusal } from '../errors.ts';
import { decideVat, type VatQuestion } from './decide.ts';
import type { VatRate } from './rates.ts';
import { decidingTaxRule, limitsOf, type TaxRule, type TaxSubject } from './tax-rule.ts';

const SUBJECT: TaxSubject = { customerGroups: ['libraries', 'public'], productGroups: ['books'], country: 'ES', day: '2026-06-01' };
const RATES: readonly VatRate[] = [
  { id: 'de', country: 'DE', kind: 'standard', percent: '19' },
  { id: 'de-reduced', country: 'DE', kind: 'reduced', percent: '7' },
  { id: 'es', country: 'ES', kind: 'standard', percent: '21' },
];

function rule(id: string, limits: Partial<TaxRule> = {}): TaxRule {
  return { id, name: `Rule ${id}`, priority: 10, vatCategory: 'S', rateKind: 'reduced', ...limits };
}

function decide(rules: readonly TaxRule[], question: Partial<VatQuestion> = {}) {
  const customer = { country: 'DE' };
  return decideVat(
    { seller: { country: 'DE' }, customer, product: { nature: 'goods' }, day: SUBJECT.day, subject: SUBJECT, ...question },
    { rates: RATES, rules },
  );
}

describe('The rule that decides', () => {
  const limits: readonly (readonly [Partial<TaxRule>, Partial<TaxSubject>, boolean])[] = [
    [{}, {}, true],
    [{ customerGroups: ['public'] }, {}, true],
    [{ customerGroups: ['private'] }, {}, false],
    [{ customers: ['a'] }, { customerId: 'a' }, true],
    [{ customers: ['a'] }, {}, false],
    [{ companies: ['one'] }, { companyId: 'two' }, false],
    [{ products: ['p'], productGroups: ['books'] }, { productId: 'p' }, true],
    [{ products: ['p'], productGroups: ['toys'] }, { productId: 'p' }, false],
    [{ country: 'ES' }, {}, true],
    [{ country: 'FR' }, {}, false],
    [{ regions: ['Las Palmas'] }, { region: ' las palmas' }, true],
    [{ regions: ['Las Palmas'] }, {}, false],
    [{ postalCodes: ['35', '38'] }, { postalCode: '38 001' }, true],
    [{ postalCodes: ['35'] }, { postalCode: '28001' }, false],
    [{ postalCodes: ['35'] }, {}, false],
    [{ taxCategories: ['standard'] }, {}, true],
    [{ taxCategories: ['reduced'] }, { taxCategory: 'zero' }, false],
    [{ validFrom: '2026-06-01', validUntil: '2026-06-01' }, {}, true],
    [{ validFrom: '2026-06-02' }, {}, false],
    [{ validUntil: '2026-05-31' }, {}, false],
  ];
  for (const [limit, subject, holds] of limits)
    test(`${JSON.stringify(limit)} of ${JSON.stringify(subject)} ${holds ? 'holds' : 'does not'}`, () =>
      assert.equal(decidingTaxRule([rule('a', limit)], { ...SUBJECT, ...subject })?.id, holds ? 'a' : undefined));

  test('is the one of the highest priority; two equal ones are refused by name, in both languages', () => {
    assert.equal(decidingTaxRule([rule('a'), rule('b', { priority: 11 }), rule('c')], SUBJECT)?.id, 'b');
    assert.equal(decidingTaxRule([rule('a'), rule('b', { country: 'FR' })], SUBJECT)?.id, 'a');
    assert.throws(
      () => decidingTaxRule([rule('a'), rule('b')], SUBJECT),
      (error) =>
        error instanceof Refusal &&
        /“Rule a” and “Rule b”/.test(error.message) &&
        /„Rule a“ und „Rule b“ gelten beide/.test(error.sentence?.de ?? ''),
    );
  });

  test('tells what it is limited by', () => {
    assert.deepEqual(limitsOf(rule('a')), []);
    assert.deepEqual(limitsOf(rule('a', { customers: ['x'], country: 'ES', postalCodes: [], validUntil: '2026-12-31' })), [
      'customer',
      'country',
      'dates',
    ]);
  });
});

describe('What a rule says', () => {
  test('wins over the directive, and says which rate it took', () => {
    assert.deepEqual([decide([]).vatRate, decide([]).basis, decide([]).rule], ['19', 'domestic', null]);
    const decided = decide([rule('a')]);
    assert.deepEqual(
      [decided.vatCategory, decided.vatRate, decided.basis, decided.rule?.id, decided.rate?.id],
      ['S', '7', 'tax-rule', 'a', 'de-reduced'],
    );
    const spanish = decide([rule('a', { rateKind: 'standard', rateCountry: 'ES' })]);
    assert.deepEqual([spanish.vatRate, spanish.country], ['21', 'ES']);
    assert.equal(decide([rule('a', { rateKind: null, percent: '3.5', vatCategory: 'L' })]).vatRate, '3.5');
    assert.equal(decide([rule('a', { vatCategory: 'Z' })]).vatRate, '0');
  });

  test('without tax has its own reason, else the usual one of the category', () => {
    const own = decide([rule('a', { vatCategory: 'E', exemptionReason: { en: 'Ruling 7', de: 'Bescheid 7' } })]);
    assert.deepEqual(
      [own.vatRate, own.vatExemptionCode, own.vatExemptionReason, own.reasonTexts?.de],
      ['0', null, 'Ruling 7', 'Bescheid 7'],
    );
    const usual = decide([rule('a', { vatCategory: 'AE' })]);
    assert.deepEqual([usual.vatExemptionCode, usual.vatExemptionReason], ['VATEX-EU-AE', 'Reverse charge']);
    assert.equal(decide([rule('a', { vatCategory: 'O' })]).vatRate, null);
  });

  test('needs a rate that is there on the day', () => {
    assert.throws(() => decide([rule('a', { rateCountry: 'CH' })]), /There is no VAT rate for CH on 2026-06-01/);
  });
});
