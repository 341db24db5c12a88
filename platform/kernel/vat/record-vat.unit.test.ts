import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import type { VatRate } from './rates.ts';
import { withVat, type VatDocument, type VatFacts, type VatLine } from './record-vat.ts';

const RATES: readonly VatRate[] = JSON.parse(
  readFileSync(new URL('../../../metadata/invoices/tax_rate/seed.json', import.meta.url), 'utf8'),
);

const FACTS: VatFacts = {
  company: [{ country: 'DE' }],
  customer: [{ kind: 'company', billingAddress: { country: 'DE' } }],
  products: [
    { id: 'chair', kind: 'stock', taxCategory: 'standard' },
    { id: 'book', kind: 'goods', taxCategory: 'reduced' },
    { id: 'advice', kind: 'service' },
  ],
};
const FRENCH = { kind: 'company', billingAddress: { country: 'FR' }, vatNumber: 'FR40303265045', vatNumberCheckedOn: '2026-01-07' };

type Case = { document?: VatDocument; facts?: VatFacts; before?: VatDocument; isOpen?: boolean };

function decide(lines: readonly VatLine[], { document = {}, facts = {}, before, isOpen = true }: Case = {}) {
  const given = { facts: { ...FACTS, ...facts }, rates: RATES, before: before ?? null, isOpen };
  return withVat({ date: '2026-06-01', ...document, lines }, given);
}

/** `S 19 domestic`: category, rate and basis of each line. */
function verdicts(lines: readonly VatLine[], how?: Case): readonly string[] {
  return decide(lines, how).lines.map((line) =>
    [line.vatCategory, line.vatRate, ...(line.vatBasis ?? [])].filter((part) => part !== null).join(' '),
  );
}

describe('The VAT of a document', () => {
  test('is decided per line by what the product is, and the document says on what all of it stands', () => {
    const lines = [{ productId: 'chair' }, { productId: 'book' }, { productId: 'advice' }];
    assert.deepEqual(verdicts(lines), ['S 19 domestic', 'S 7 domestic', 'S 19 domestic']);
    assert.deepEqual(decide(lines).vatBasis, ['domestic']);
    assert.deepEqual(verdicts(lines, { facts: { customer: [FRENCH] } }), [
      'K 0 intra-community',
      'K 0 intra-community',
      'AE 0 reverse-charge',
    ]);
  });

  test('follows the place of delivery, and the day of it', () => {
    const delivered = { customerId: 'c', shippingAddress: { country: 'CH' } };
    assert.deepEqual(verdicts([{ productId: 'chair' }], { document: delivered }), ['G 0 export']);
    assert.deepEqual(verdicts([{ productId: 'chair' }], { document: { date: '2020-06-01', deliveryDate: '2020-08-01' } }), [
      'S 16 domestic',
    ]);
    assert.deepEqual(verdicts([{ productId: 'chair' }], { document: { date: null } }), ['S 19 domestic']);
  });

  test('needs a VAT number that was checked to be untaxed', () => {
    const unchecked = { ...FRENCH, vatNumberCheckedOn: null };
    assert.deepEqual(verdicts([{ productId: 'chair' }], { facts: { customer: [unchecked] } }), ['S 19 below-threshold']);
  });

  test('says why it is not charged in the customer’s language', () => {
    const [line] = decide([{ productId: 'advice' }], { facts: { customer: [{ ...FRENCH, language: 'de' }] } }).lines;
    assert.deepEqual([line?.vatExemptionCode, line?.vatExemptionReason], ['VATEX-EU-AE', 'Steuerschuldnerschaft des Leistungsempfängers']);
  });

  test('has a default and says so where something is not known', () => {
    assert.deepEqual(verdicts([{ productId: 'chair' }], { facts: { customer: [] } }), ['S 19 domestic no-country']);
    assert.deepEqual(verdicts([{}]), ['S 19 domestic no-product']);
    assert.deepEqual(verdicts([{ productId: 'chair' }], { facts: { company: [] } }), ['no-seller']);
    assert.deepEqual(verdicts([{ productId: 'chair' }], { facts: { company: [{ country: 'US' }] } }), ['no-rate']);
    assert.deepEqual(verdicts([{ productId: 'chair' }], { document: { date: '1996-07-04' } }), ['no-rate']);
  });
});

describe('A VAT that somebody chose', () => {
  test('stays, whether it was typed first or changed later', () => {
    assert.deepEqual(verdicts([{ productId: 'chair', vatCategory: 'Z', vatRate: '0' }]), ['Z 0 by-hand']);
    assert.deepEqual(verdicts([{ productId: 'chair', vatRate: '7' }]), ['S 7 by-hand']);
    assert.deepEqual(
      verdicts([
        { productId: 'chair', vatCategory: 'G' },
        { productId: 'chair', vatCategory: 'O', vatRate: '19' },
      ]),
      ['G 0 by-hand', 'O by-hand'],
    );
    const before = { lines: [{ id: '1', productId: 'chair', vatCategory: 'S', vatRate: '19', vatBasis: ['domestic'] }] } as const;
    assert.deepEqual(verdicts([{ ...before.lines[0], vatRate: '7' }], { before }), ['S 7 by-hand']);
    const chosen = { lines: [{ ...before.lines[0], vatRate: '7', vatBasis: ['by-hand'] }] };
    assert.deepEqual(verdicts(chosen.lines, { before: chosen }), ['S 7 by-hand']);
  });

  test('is decided again once it is emptied; a decision is taken again while the document is open', () => {
    const before = { lines: [{ id: '1', productId: 'chair', vatCategory: 'Z', vatRate: '0', vatBasis: ['by-hand'] }] } as const;
    assert.deepEqual(verdicts([{ ...before.lines[0], vatCategory: null }], { before }), ['S 19 domestic']);
    const decided = { lines: [{ id: '1', productId: 'chair', vatCategory: 'S', vatRate: '19', vatBasis: ['domestic'] }] } as const;
    assert.deepEqual(verdicts(decided.lines, { before: decided, facts: { customer: [FRENCH] } }), ['K 0 intra-community']);
    assert.deepEqual(verdicts(decided.lines, { before: decided, facts: { customer: [FRENCH] }, isOpen: false }), ['S 19 domestic']);
  });

  test('that was decided by the document before is taken over as decided', () => {
    assert.deepEqual(verdicts([{ productId: 'chair', vatCategory: 'S', vatRate: '19', vatBasis: ['domestic'] }]), ['S 19 domestic']);
    assert.deepEqual(verdicts([{ productId: 'chair', vatCategory: 'S', vatRate: '7', vatBasis: ['by-hand'] }]), ['S 7 by-hand']);
  });

  test('A line added to a document that is not open is decided, the others stay as they are', () => {
    const before = { lines: [{ id: '1', productId: 'chair', vatCategory: null }] };
    assert.deepEqual(verdicts([...before.lines, { productId: 'book' }], { before, isOpen: false }), ['', 'S 7 domestic']);
  });
});
