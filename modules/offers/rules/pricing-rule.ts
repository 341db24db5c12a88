import { exact } from '#platform/kernel/decimal.ts';
import { Refusal } from '#platform/kernel/errors.ts';

/**
 * What a rule does to a price: `rate` sets it, `margin` goes on top of it, `discount` comes off it (points or an amount), `free` adds goods.
 * Amounts are per base unit. Each step takes one rule at most, in this order.
 */
export type RuleEffect =
  | { readonly kind: 'rate'; readonly amount: string }
  | { readonly kind: 'margin' | 'discount'; readonly percent: string; readonly amount?: undefined }
  | { readonly kind: 'margin' | 'discount'; readonly amount: string; readonly percent?: undefined }
  | { readonly kind: 'free'; readonly productId?: string | null; readonly quantity: string; readonly forEach?: string | null };

/** A list of ids that a rule is limited to; absent or empty it holds for all. */
type Limit = readonly string[] | null | undefined;

/** A pricing rule: to what it is limited, and what it does. The higher priority wins. Amounts are in `currency`, which then limits too. */
export type PricingRule = {
  readonly id: string;
  readonly name: string;
  readonly priority: number;
  readonly effect: RuleEffect;
  readonly products?: Limit;
  readonly productGroups?: Limit;
  readonly brands?: Limit;
  readonly customers?: Limit;
  readonly customerGroups?: Limit;
  readonly territories?: Limit;
  readonly campaigns?: Limit;
  readonly currency?: string | null;
  readonly validFrom?: string | null;
  readonly validUntil?: string | null;
  readonly minimumQuantity?: string | null;
  readonly maximumQuantity?: string | null;
  readonly minimumAmount?: string | null;
  readonly maximumAmount?: string | null;
};

/**
 * The line that rules are asked about. Groups and territories are paths: the own one and all above it. Quantity is in base units,
 * amount is quantity × price before any rule.
 */
export type RuleSubject = {
  readonly productId: string;
  readonly productGroups: readonly string[];
  readonly brand?: string | null;
  readonly customerId?: string | null;
  readonly customerGroups: readonly string[];
  readonly territories: readonly string[];
  readonly campaignId?: string | null;
  readonly currency: string;
  readonly day: string;
  readonly quantity: string;
  readonly amount: string;
};

/**
 * The rule of a kind that decides: of those that hold, the one of the highest priority. Two of the same priority are refused by name,
 * because which of them was meant cannot be known.
 */
export function decidingRule(rules: readonly PricingRule[], kind: RuleEffect['kind'], subject: RuleSubject): PricingRule | null {
  const holding = rules.filter((rule) => rule.effect.kind === kind && holds(rule, subject));
  const highest = Math.max(...holding.map((rule) => rule.priority));
  const [rule, ...equals] = holding.filter(({ priority }) => priority === highest);
  if (rule && equals.length > 0) throw conflict([rule, ...equals]);
  return rule ?? null;
}

/** Whether a rule's every limit is met. */
function holds(rule: PricingRule, subject: RuleSubject): boolean {
  return (
    meets(rule.products, [subject.productId]) &&
    meets(rule.productGroups, subject.productGroups) &&
    meets(rule.brands, [subject.brand]) &&
    meets(rule.customers, [subject.customerId]) &&
    meets(rule.customerGroups, subject.customerGroups) &&
    meets(rule.territories, subject.territories) &&
    meets(rule.campaigns, [subject.campaignId]) &&
    (!rule.currency || rule.currency === subject.currency) &&
    (rule.validFrom ?? '') <= subject.day &&
    subject.day <= (rule.validUntil ?? '9999-12-31') &&
    isWithin(subject.quantity, rule.minimumQuantity, rule.maximumQuantity) &&
    isWithin(subject.amount, rule.minimumAmount, rule.maximumAmount)
  );
}

function meets(limit: Limit, has: readonly (string | null | undefined)[]): boolean {
  return !limit || limit.length === 0 || has.some((each) => typeof each === 'string' && limit.includes(each));
}

function isWithin(value: string, minimum: string | null | undefined, maximum: string | null | undefined): boolean {
  return (!minimum || exact(value).gte(minimum)) && (!maximum || exact(value).lte(maximum));
}

function conflict(rules: readonly PricingRule[]): Refusal {
  const names = rules.map(({ name }) => name);
  const priority = rules[0]?.priority;
  const sentence = {
    en: `The pricing rules “${names.join('” and “')}” hold both and have the same priority, ${priority}. Give one of them a higher priority, or limit them so that only one holds.`,
    de: `Die Preisregeln „${names.join('“ und „')}“ gelten beide und haben denselben Vorrang, ${priority}. Geben Sie einer einen höheren, oder begrenzen Sie sie so, dass nur eine gilt.`,
  };
  return new Refusal('invalid_value', sentence, { extra: { rules: rules.map(({ id }) => id) } });
}
