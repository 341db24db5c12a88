import { Refusal } from '../errors.ts';
import type { VatCategory } from '../money/vat-category.ts';
import type { Sentence } from '../sentence.ts';
import type { RateKind } from './rates.ts';

/** What a rule is limited to; absent or empty it holds for all. */
type Limit = readonly string[] | null | undefined;

/** A tax rule of the tenant: to what it is limited, and what VAT it says. The higher priority wins; the directive decides where none holds. */
export type TaxRule = {
  readonly id: string;
  readonly name: string;
  readonly priority: number;
  readonly companies?: Limit;
  readonly customers?: Limit;
  readonly customerGroups?: Limit;
  /** Where the goods go: country, region in its words, beginnings of postal codes. */
  readonly country?: string | null;
  readonly regions?: Limit;
  readonly postalCodes?: Limit;
  readonly products?: Limit;
  readonly productGroups?: Limit;
  readonly taxCategories?: Limit;
  readonly validFrom?: string | null;
  readonly validUntil?: string | null;
  readonly vatCategory: VatCategory;
  /** The rate in points, or which of the rates of `rateCountry` (empty: the seller's). */
  readonly percent?: string | null;
  readonly rateKind?: RateKind | null;
  readonly rateCountry?: string | null;
  readonly exemptionCode?: string | null;
  readonly exemptionReason?: Sentence | null;
};

/** The line that rules are asked about. Groups are paths: the own one and all above it. */
export type TaxSubject = {
  readonly companyId?: string | null;
  readonly customerId?: string | null;
  readonly customerGroups: readonly string[];
  readonly country?: string | null;
  readonly region?: string | null;
  readonly postalCode?: string | null;
  readonly productId?: string | null;
  readonly productGroups: readonly string[];
  readonly taxCategory?: string | null;
  readonly day: string;
};

/** What a rule can be limited by. Keys of the steps that explain a line's VAT, which name them for people. */
export const TAX_LIMITS = [
  'company',
  'customer',
  'customer-group',
  'country',
  'region',
  'postal-code',
  'product',
  'product-group',
  'tax-category',
  'dates',
] as const;

/** Key of a limit above. */
export type TaxLimit = (typeof TAX_LIMITS)[number];

/**
 * The rule that decides: of those that hold, the one of the highest priority; null where none holds. Two of the same priority are refused by name,
 * because which of them was meant cannot be known.
 */
export function decidingTaxRule(rules: readonly TaxRule[], subject: TaxSubject): TaxRule | null {
  const holding = rules.filter((rule) => holds(rule, subject));
  const highest = Math.max(...holding.map(({ priority }) => priority));
  const [rule, ...equals] = holding.filter(({ priority }) => priority === highest);
  if (rule && equals.length > 0) throw conflict([rule, ...equals]);
  return rule ?? null;
}

/** What a rule is limited by: why it holds for this line and not for all. */
export function limitsOf(rule: TaxRule): readonly TaxLimit[] {
  const limited: Readonly<Record<TaxLimit, boolean>> = {
    company: isLimited(rule.companies),
    customer: isLimited(rule.customers),
    'customer-group': isLimited(rule.customerGroups),
    country: Boolean(rule.country),
    region: isLimited(rule.regions),
    'postal-code': isLimited(rule.postalCodes),
    product: isLimited(rule.products),
    'product-group': isLimited(rule.productGroups),
    'tax-category': isLimited(rule.taxCategories),
    dates: Boolean(rule.validFrom ?? rule.validUntil),
  };
  return TAX_LIMITS.filter((limit) => limited[limit]);
}

function holds(rule: TaxRule, subject: TaxSubject): boolean {
  return (
    meets(rule.companies, [subject.companyId]) &&
    meets(rule.customers, [subject.customerId]) &&
    meets(rule.customerGroups, subject.customerGroups) &&
    (!rule.country || rule.country === subject.country) &&
    meets(rule.regions?.map(folded), [folded(subject.region ?? '')]) &&
    begins(rule.postalCodes, subject.postalCode) &&
    meets(rule.products, [subject.productId]) &&
    meets(rule.productGroups, subject.productGroups) &&
    meets(rule.taxCategories, [subject.taxCategory ?? 'standard']) &&
    (rule.validFrom ?? '') <= subject.day &&
    subject.day <= (rule.validUntil ?? '9999-12-31')
  );
}

function isLimited(limit: Limit): limit is readonly string[] {
  return Boolean(limit && limit.length > 0);
}

function meets(limit: Limit, has: readonly (string | null | undefined)[]): boolean {
  return !isLimited(limit) || has.some((each) => typeof each === 'string' && limit.includes(each));
}

function begins(limit: Limit, postalCode: string | null | undefined): boolean {
  const written = (code: string): string => code.replaceAll(/[\s-]/g, '').toUpperCase();
  return !isLimited(limit) || limit.some((beginning) => written(postalCode ?? '').startsWith(written(beginning)));
}

function folded(region: string): string {
  return region.trim().toLowerCase();
}

function conflict(rules: readonly TaxRule[]): Refusal {
  const names = rules.map(({ name }) => name);
  const priority = rules[0]?.priority;
  const sentence = {
    en: `The tax rules “${names.join('” and “')}” hold both and have the same priority, ${priority}. Give one of them a higher priority, or limit them so that only one holds.`,
    de: `Die Steuerregeln „${names.join('“ und „')}“ gelten beide und haben denselben Vorrang, ${priority}. Geben Sie einer einen höheren, oder begrenzen Sie sie so, dass nur eine gilt.`,
  };
  return new Refusal('invalid_value', sentence, { extra: { rules: rules.map(({ id }) => id) } });
}
