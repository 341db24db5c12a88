import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import type { VatRate } from './rates.ts';
import type { VatFacts } from './record-vat.ts';
import type { TaxRuleRecord } from './rule-of-record.ts';
import { asSupplied, type SuppliedDocument, type SuppliedLine } from './supply-day.ts';

const RATES: readonly VatRate[] = JSON.parse(
  readFileSync(new URL('../../../metadata/invoices/tax_rate/seed.json', import.meta.url), 'utf8'),
);
const FACTS: VatFacts = { company: [{ country: 'DE' }], customer: [{ kind: 'company', billingAddress: { country: 'DE' } }] };
const LINE: SuppliedLine = { id: '1', orderLine: 'o1', vatCategory: 'S', vatRate: '19', vatBasis: ['domestic'], vatSteps: [] };

function supplied(lines: readonly SuppliedLine[], days: Pick<SuppliedDocument, 'deliveryDate' | 'orderVatDay'>, facts: VatFacts = {}) {
  return asSupplied({ lines, ...days }, { facts: { ...FACTS, ...facts }, rates: RATES });
}

const SUMMER = { orderVatDay: '2020-06-15', deliveryDate: '2020-07-10' };

describe('The VAT of an invoice from an order', () => {
  test('is that of the day of supply, and its line says what the order had', () => {
    const { lines, isChanged } = supplied([LINE], SUMMER);
    assert.ok(isChanged);
    const [line] = lines;
    assert.deepEqual([line?.vatCategory, line?.vatRate, line?.vatBasis], ['S', '16', ['day-of-supply', 'domestic', 'no-product']]);
    assert.deepEqual(line?.vatSteps, [
      { step: 'ordered', day: '2020-06-15', vatCategory: 'S', percent: '19' },
      { step: 'day-of-supply', day: '2020-07-10' },
      { step: 'domestic', day: '2020-07-10', vatCategory: 'S', percent: '16' },
      { step: 'rate', name: 'DE 16 %', percent: '16' },
      { step: 'no-product' },
    ]);
  });

  test('is the same however often it is asked, and the order’s again when the day goes back', () => {
    const once = supplied([LINE], SUMMER);
    const twice = supplied(once.lines, SUMMER);
    assert.deepEqual([twice.isChanged, twice.lines], [false, once.lines]);
    const [back] = supplied(once.lines, { ...SUMMER, deliveryDate: '2020-06-30' }).lines;
    assert.deepEqual([back?.vatRate, back?.vatBasis], ['19', ['domestic', 'no-product']]);
  });

  test('stays the order’s where the day changes nothing, where it was chosen by hand, and where it deducts a down payment', () => {
    assert.equal(supplied([LINE], { orderVatDay: '2021-02-01', deliveryDate: '2021-03-01' }).isChanged, false);
    assert.equal(supplied([LINE], { deliveryDate: '2020-07-10' }).isChanged, false);
    const others: readonly SuppliedLine[] = [
      { ...LINE, vatBasis: ['by-hand'] },
      { ...LINE, orderLine: null, downPayment: 'd', vatBasis: null },
    ];
    assert.deepEqual(supplied(others, SUMMER), { lines: others, isChanged: false });
  });

  test('follows a tax rule that begins between the two days; two equal ones leave what the order said', () => {
    const begun: TaxRuleRecord = { id: 'r', name: 'Ruling', priority: 10, vatCategory: 'Z', validFrom: '2026-02-01' };
    const days = { orderVatDay: '2026-01-15', deliveryDate: '2026-02-15' };
    const [line] = supplied([LINE], days, { rules: [begun] }).lines;
    assert.deepEqual([line?.vatCategory, line?.vatRuleId, line?.vatBasis], ['Z', 'r', ['day-of-supply', 'tax-rule', 'no-product']]);
    assert.equal(supplied([LINE], days, { rules: [begun, { ...begun, id: 's', name: 'Other' }] }).isChanged, false);
  });
});
