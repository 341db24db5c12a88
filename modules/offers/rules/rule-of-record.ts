import type { PricingRule as RuleRecord } from '#metadata/records.gen.ts';
import { faultAt, invalidValues, type FieldError } from '#platform/kernel/errors.ts';
import type { Sentence } from '#platform/kernel/sentence.ts';
import type { PricingRule, RuleEffect } from './pricing-rule.ts';

/** A rule's record as it is decided with. Its effect is whole: nothing else is saved. */
export function ruleOf(record: RuleRecord): PricingRule {
  return {
    id: record.id,
    name: record.name,
    priority: record.priority,
    effect: effectOf(record),
    products: record.productIds ?? null,
    productGroups: record.productGroupIds ?? null,
    brands: record.brandIds ?? null,
    customers: record.customerIds ?? null,
    customerGroups: record.customerGroupIds ?? null,
    territories: record.territoryIds ?? null,
    campaigns: record.campaignIds ?? null,
    currency: record.currency ?? null,
    validFrom: record.validFrom ?? null,
    validUntil: record.validUntil ?? null,
    minimumQuantity: record.minimumQuantity ?? null,
    maximumQuantity: record.maximumQuantity ?? null,
    minimumAmount: record.minimumAmount ?? null,
    maximumAmount: record.maximumAmount ?? null,
  };
}

function effectOf({ effect, percent, amount, freeProductId, freeQuantity, forEach }: RuleRecord): RuleEffect {
  if (effect === 'rate') return { kind: 'rate', amount: amount ?? '0' };
  if (effect === 'free') return { kind: 'free', productId: freeProductId ?? null, quantity: freeQuantity ?? '0', forEach: forEach ?? null };
  return percent ? { kind: effect, percent } : { kind: effect, amount: amount ?? '0' };
}

/** Refuses a rule that says nothing, or two things: `invalid_value` at the field. */
export function refuseUnclear(rule: RuleRecord): void {
  const { effect, percent, amount, freeQuantity } = rule;
  const errors: readonly (FieldError | null)[] = [
    effect === 'rate' && !amount
      ? fault('amount', {
          en: 'A rule that sets the price needs an amount.',
          de: 'Eine Regel, die den Preis setzt, braucht einen Betrag.',
        })
      : null,
    (effect === 'margin' || effect === 'discount') && Boolean(percent) === Boolean(amount)
      ? fault('percent', {
          en: 'A margin or a discount is a percent or an amount: give one of them.',
          de: 'Ein Aufschlag oder Rabatt ist ein Prozentsatz oder ein Betrag: Geben Sie eines von beiden an.',
        })
      : null,
    effect === 'free' && !Number(freeQuantity ?? 0)
      ? fault('freeQuantity', {
          en: 'A rule for free goods needs a quantity.',
          de: 'Eine Regel für Naturalrabatt braucht eine Menge.',
        })
      : null,
    effect === 'discount' && Number(percent ?? 0) > 100
      ? fault('percent', { en: 'A discount is at most 100 percent.', de: 'Ein Rabatt ist höchstens 100 Prozent.' })
      : null,
    effect !== 'free' && amount && !rule.currency
      ? fault('currency', { en: 'An amount needs its currency.', de: 'Ein Betrag braucht seine Währung.' })
      : null,
    effect === 'free' && rule.forEach && !Number(rule.forEach)
      ? fault('forEach', {
          en: 'The quantity for each is above zero, or empty.',
          de: 'Die Menge, auf die es je gibt, ist über null oder leer.',
        })
      : null,
  ];
  const found = errors.filter((error) => error !== null);
  if (found.length > 0) throw invalidValues(found);
}

function fault(field: string, sentence: Sentence): FieldError {
  return faultAt({ pointer: `/${field}`, field, rule: 'effect' }, sentence);
}
