import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { documentAmounts } from '../money/document.ts';
import { issueFaults } from '../money/issue-faults.ts';
import { isInUnion } from './countries.ts';
import { decideVat, type VatCustomer, type VatDecision, type VatProduct, type VatSeller } from './decide.ts';
import { rateOn, type VatRate } from './rates.ts';

const RATES: readonly VatRate[] = JSON.parse(
  readFileSync(new URL('../../../metadata/invoices/tax_rate/seed.json', import.meta.url), 'utf8'),
);

type Case = { seller?: Partial<VatSeller>; customer?: Partial<VatCustomer>; product?: Partial<VatProduct>; day?: string };

function decide({ seller, customer, product, day = '2026-06-01' }: Case): VatDecision {
  return decideVat(
    { seller: { country: 'DE', ...seller }, customer: { country: 'DE', ...customer }, product: { nature: 'goods', ...product }, day },
    { rates: RATES },
  );
}

function verdict(question: Case): string {
  const { vatCategory, vatRate, vatExemptionCode, country } = decide(question);
  return [vatCategory, vatRate, country, vatExemptionCode].filter((each) => each !== null).join(' ');
}

const FRENCH_BUSINESS: Partial<VatCustomer> = { country: 'FR', vatId: 'FR40303265045', isVatIdValid: true };

describe('Goods', () => {
  test('at home are taxed at the rate of the product on that day', () => {
    assert.equal(verdict({}), 'S 19 DE');
    assert.equal(verdict({ day: '2020-08-15' }), 'S 16 DE');
    assert.equal(verdict({ product: { taxCategory: 'reduced' }, day: '2020-12-31' }), 'S 5 DE');
    assert.equal(verdict({ product: { taxCategory: 'reduced' }, day: '2021-01-01' }), 'S 7 DE');
    assert.equal(verdict({ product: { taxCategory: 'zero' } }), 'Z 0 DE');
    assert.equal(verdict({ product: { taxCategory: 'exempt-activity' } }), 'E 0 DE VATEX-EU-132');
    assert.equal(verdict({ product: { taxCategory: 'exempt-finance' } }), 'E 0 DE VATEX-EU-135-1');
  });

  test('to a business elsewhere in the Union are exempt, if its VAT id is valid', () => {
    assert.equal(verdict({ customer: FRENCH_BUSINESS }), 'K 0 VATEX-EU-IC');
    assert.equal(verdict({ customer: { ...FRENCH_BUSINESS, isVatIdValid: false } }), 'S 19 DE');
    assert.equal(verdict({ customer: { country: 'GR', vatId: 'EL094259216', isVatIdValid: true } }), 'K 0 VATEX-EU-IC');
    assert.equal(
      verdict({ customer: { country: 'GB', deliveryCountry: 'XI', vatId: 'XI123456789', isVatIdValid: true } }),
      'K 0 VATEX-EU-IC',
    );
  });

  test('that stay at home are taxed at home, whoever buys', () => {
    assert.equal(verdict({ customer: { ...FRENCH_BUSINESS, deliveryCountry: 'DE' } }), 'S 19 DE');
    assert.equal(verdict({ customer: { country: 'DE', deliveryCountry: 'FR', vatId: 'DE123456788', isVatIdValid: true } }), 'S 19 DE');
  });

  test('to a consumer elsewhere in the Union are taxed there once the seller declares there', () => {
    assert.equal(verdict({ customer: { country: 'FR' } }), 'S 19 DE');
    assert.equal(verdict({ customer: { country: 'FR' }, seller: { usesOneStopShop: true } }), 'S 20 FR');
    assert.equal(verdict({ customer: { country: 'MC' }, seller: { usesOneStopShop: true } }), 'S 20 FR');
    assert.equal(
      verdict({ customer: { country: 'FI' }, seller: { usesOneStopShop: true }, product: { taxCategory: 'reduced' } }),
      'S 13.5 FI',
    );
  });

  test('that leave the Union are exported', () => {
    assert.equal(verdict({ customer: { country: 'CH' } }), 'G 0 VATEX-EU-G');
    assert.equal(verdict({ customer: { country: 'DE', deliveryCountry: 'US' } }), 'G 0 VATEX-EU-G');
  });
});

describe('Services', () => {
  const service = { nature: 'service' } as const;
  const electronic = { nature: 'electronic' } as const;

  test('to a business elsewhere in the Union reverse the charge, without a valid VAT id they do not', () => {
    assert.equal(verdict({ product: service, customer: FRENCH_BUSINESS }), 'AE 0 VATEX-EU-AE');
    assert.equal(verdict({ product: service, customer: { country: 'FR', isBusiness: true } }), 'S 19 DE');
  });

  test('to a business outside the Union are outside the scope, to a consumer taxed at home', () => {
    assert.equal(verdict({ product: service, customer: { country: 'CH', isBusiness: true } }), 'O VATEX-EU-O');
    assert.equal(verdict({ product: service, customer: { country: 'CH' } }), 'S 19 DE');
  });

  test('by wire to a consumer are taxed where the consumer is', () => {
    assert.equal(verdict({ product: electronic, customer: { country: 'HU' }, seller: { usesOneStopShop: true } }), 'S 27 HU');
    assert.equal(verdict({ product: electronic, customer: { country: 'HU' } }), 'S 19 DE');
    assert.equal(verdict({ product: electronic, customer: { country: 'US' } }), 'O VATEX-EU-O');
  });
});

test('Schemes and customers of their own come first', () => {
  assert.equal(verdict({ seller: { isSmallBusiness: true }, customer: { country: 'CH' } }), 'E 0 DE');
  assert.equal(verdict({ customer: { taxCategory: 'exempt' } }), 'E 0 DE VATEX-EU-151');
  assert.equal(verdict({ seller: { country: 'IT' }, customer: { country: 'IT', taxCategory: 'split-payment' } }), 'B 22 IT');
  const scrap = { taxCategory: 'domestic-reverse-charge' } as const;
  assert.equal(verdict({ product: scrap, customer: { isBusiness: true } }), 'AE 0 DE VATEX-EU-AE');
  assert.equal(verdict({ product: scrap }), 'S 19 DE');
});

test('Every decision is one that an invoice can be computed and issued with', () => {
  const parties = { sellerVatId: 'DE123456788', buyerVatId: 'FR40303265045', deliveryDate: '2026-06-01', deliveryCountry: 'FR' };
  for (const customer of [{}, FRENCH_BUSINESS, { country: 'CH', isBusiness: true }]) {
    for (const nature of ['goods', 'service', 'electronic'] as const) {
      const lines = [{ quantity: '1', unitPrice: '10', ...decide({ customer, product: { nature } }) }];
      assert.equal(documentAmounts({ currency: 'EUR', lines }).netTotal, '10.00');
      assert.deepEqual(issueFaults({ currency: 'EUR', lines }, parties), []);
    }
  }
});

describe('The rates', () => {
  const countries = [...new Set(RATES.map((rate) => rate.country))];

  test('are those of the 27 members, each with a standard rate of 15 % or more on every day since 2020', () => {
    assert.equal(countries.length, 27);
    for (const country of countries) {
      assert.ok(isInUnion(country));
      for (const year of [2020, 2021, 2022, 2023, 2024, 2025, 2026]) {
        for (const day of ['01-01', '06-30', '07-01', '08-31', '09-01', '12-31']) {
          const { kind, percent } = rateOn(RATES, country, 'standard', `${year}-${day}`);
          assert.ok(kind === 'standard' && Number(percent) >= 15, `${country} ${year}-${day}`);
        }
      }
    }
  });

  test('of one country and kind hold one after the other, from the day they were introduced until they end for good', () => {
    const pairs = [...Map.groupBy(RATES, ({ country, kind }) => `${country} ${kind}`).values()];
    const days = fc.integer({ min: 0, max: 366 * 12 }).map((day) => new Date(Date.UTC(2020, 0, 1 + day)).toISOString().slice(0, 10));
    fc.assert(
      fc.property(fc.constantFrom(...pairs), days, (rates, day) => {
        const [first = '', last = ''] = [
          rates.map(({ validFrom }) => validFrom ?? '').toSorted()[0],
          rates
            .map(({ validUntil }) => validUntil ?? '9999')
            .toSorted()
            .at(-1),
        ];
        const holding = rates.filter(({ validFrom, validUntil }) => (validFrom ?? '') <= day && day <= (validUntil ?? '9999'));
        assert.equal(holding.length, first <= day && day <= last ? 1 : 0, `${rates[0]?.country} ${rates[0]?.kind} on ${day}`);
      }),
      { numRuns: 3000 },
    );
  });

  test('of one country and kind begin the day after another ends, each with another percentage', () => {
    for (const rates of Map.groupBy(RATES, ({ country, kind }) => `${country} ${kind}`).values()) {
      const sorted = rates.toSorted((a, b) => (a.validFrom ?? '').localeCompare(b.validFrom ?? ''));
      sorted.slice(1).forEach((rate, index) => {
        const before = sorted[index];
        const next = new Date(`${before?.validUntil}T00:00:00Z`);
        next.setUTCDate(next.getUTCDate() + 1);
        assert.deepEqual(
          [rate.validFrom, rate.percent === before?.percent],
          [next.toISOString().slice(0, 10), false],
          `${rate.country} ${rate.kind}`,
        );
      });
    }
  });

  test('changed on these days', () => {
    const standard = (country: string, day: string): string => rateOn(RATES, country, 'standard', day).percent;
    assert.deepEqual([standard('IE', '2020-09-01'), standard('IE', '2021-03-01')], ['21', '23']);
    assert.deepEqual([standard('LU', '2023-12-31'), standard('LU', '2024-01-01')], ['16', '17']);
    assert.deepEqual([standard('EE', '2025-06-30'), standard('EE', '2025-07-01')], ['22', '24']);
    assert.deepEqual([standard('RO', '2025-07-31'), standard('RO', '2025-08-01')], ['19', '21']);
    assert.deepEqual([standard('SK', '2024-12-31'), standard('SK', '2025-01-01')], ['20', '23']);
    assert.deepEqual([standard('FI', '2024-08-31'), standard('FI', '2024-09-01')], ['24', '25.5']);
  });

  test('that a country does not have are its standard rate; a country without any is refused', () => {
    assert.deepEqual(rateOn(RATES, 'DK', 'reduced', '2026-01-01').kind, 'standard');
    assert.throws(() => rateOn(RATES, 'CH', 'standard', '2026-01-01'), /There is no VAT rate for CH on 2026-01-01/);
  });
});
