import type { TaxRule } from '#metadata/records.gen.ts';
import { exact } from '#platform/kernel/decimal.ts';
import { VAT_CATEGORIES } from '#platform/kernel/money/vat-category.ts';
import { endsBefore, fault, refuse } from './tax-rate.ts';

/** What is left of a rule's figures when its category is another: no rate where it has none, no reason where it takes none. */
export function settledRule(rule: TaxRule): Partial<TaxRule> {
  const { rate, reason } = VAT_CATEGORIES[rule.vatCategory];
  const hasRate = rate !== 'zero' && rate !== 'none';
  return {
    ...(hasRate ? {} : { percent: null, rateKind: null }),
    ...(hasRate && rule.rateKind ? {} : { rateCountry: null }),
    ...(reason === 'forbidden' ? { exemptionCode: null, exemptionReason: null, exemptionReasonGerman: null } : {}),
  };
}

/** Refuses a rule without a rate or with two, one that is exempt without a reason, and one that ends before it begins: `invalid_value` at the field. */
export function refuseUnclearRule(rule: TaxRule): void {
  const { vatCategory, percent, rateKind } = rule;
  const { rate } = VAT_CATEGORIES[vatCategory];
  const hasRate = rate !== 'zero' && rate !== 'none';
  const isSaid = Boolean(rule.exemptionCode ?? rule.exemptionReason ?? rule.exemptionReasonGerman);
  refuse([
    endsBefore({ validFrom: rule.validFrom ?? null, validUntil: rule.validUntil ?? null }),
    hasRate && Boolean(percent) === Boolean(rateKind)
      ? fault('percent', {
          en: 'The rule says one of the tax rates, or a percent: give one of them.',
          de: 'Die Regel nennt einen der Steuersätze oder einen Prozentsatz: Geben Sie eines von beiden an.',
        })
      : null,
    rate === 'positive' && percent && exact(percent).isZero()
      ? fault('percent', {
          en: 'A standard rated supply has a rate above 0. For 0 % choose another category.',
          de: 'Ein steuerpflichtiger Umsatz hat einen Satz über 0. Wählen Sie für 0 % eine andere Kategorie.',
        })
      : null,
    vatCategory === 'E' && !isSaid
      ? fault('exemptionReason', {
          en: 'Say why it is exempt: a reason, or its VATEX code. Documents have to print it.',
          de: 'Nennen Sie, warum es befreit ist: einen Grund oder den VATEX-Code. Belege müssen ihn drucken.',
        })
      : null,
  ]);
}
