import { VAT_CATEGORIES, type VatCategory, type VatTreatment } from '../money/vat-category.ts';
import type { Sentence } from '../sentence.ts';
import type { VatBasis } from './basis.ts';
import { isInUnion, isInUnionForGoods, vatCountry } from './countries.ts';
import { rateOn, type RateKind, type VatRate } from './rates.ts';
import { VAT_REASONS, type VatReason } from './reasons.ts';
import { decidingTaxRule, type TaxRule, type TaxSubject } from './tax-rule.ts';

/** The seller: where it is established, and the schemes it is in. */
export type VatSeller = {
  readonly country: string;
  /** It charges no VAT at all (articles 281 to 294). */
  readonly isSmallBusiness?: boolean | null;
  /** It declares sales to consumers in other member states there, through the One-Stop Shop or for being above 10,000 € a year. */
  readonly usesOneStopShop?: boolean | null;
};

/** The customer. `deliveryCountry` is where goods end up; left out, the customer's country. */
export type VatCustomer = {
  readonly country: string;
  readonly deliveryCountry?: string | null;
  /** With its prefix, such as `FR40303265045`. */
  readonly vatId?: string | null;
  /** Whether VIES, or somebody, has said that the id is valid; an id alone proves nothing. */
  readonly isVatIdValid?: boolean | null;
  /** Business by other evidence than a VAT id: a company outside the Union, or one that has none. */
  readonly isBusiness?: boolean | null;
  /** Exempt as a customer (article 151), under split payment (Italy's public bodies), or neither. */
  readonly taxCategory?: 'exempt' | 'split-payment' | null;
};

/** What is sold. `electronic` are telecommunication, broadcasting and electronic services (article 58). */
export type VatProduct = {
  readonly nature: 'goods' | 'service' | 'electronic';
  readonly taxCategory?: RateKind | 'exempt-activity' | 'exempt-finance' | 'domestic-reverse-charge' | null;
};

/** What to decide, on the day of the supply. */
export type VatQuestion = {
  readonly seller: VatSeller;
  readonly customer: VatCustomer;
  readonly product: VatProduct;
  readonly day: string;
  /** What rules of the tenant are asked about; without it none is asked. */
  readonly subject?: Omit<TaxSubject, 'day'>;
};

/** With what is decided: the rates, and the rules of the tenant, which win over the directive. */
export type VatLaw = { readonly rates: readonly VatRate[]; readonly rules?: readonly TaxRule[] };

/** Category and rate, why no tax is charged where none is, and what decided. `country` is the one whose VAT it is; null for none. */
export type VatDecision = VatTreatment & {
  readonly country: string | null;
  readonly rateKind: RateKind | null;
  /** Why no tax is charged, in the languages of documents. */
  readonly reasonTexts: Sentence | null;
  readonly basis: VatBasis;
  /** The tenant's rule that decided, and the rate that was taken; null for none. */
  readonly rule: TaxRule | null;
  readonly rate: VatRate | null;
};

/**
 * Chooses VAT category and rate by directive 2006/112/EC: goods where they are delivered (articles 31 to 36, 138, 146), services to businesses
 * where the customer is (44, 196), to consumers where the seller is (45), electronic ones where the consumer is (58).
 * Territories of members with rules of their own (the Canary Islands, Livigno …) are chosen by hand.
 * A rule of the tenant that holds wins over all of it. Refused where the country that taxes has no rate on that day, and where two rules hold equally.
 */
export function decideVat(question: VatQuestion, { rates, rules = [] }: VatLaw): VatDecision {
  const { subject, day } = question;
  const rule = subject ? decidingTaxRule(rules, { ...subject, day }) : null;
  return rule ? byRule(rule, question, rates) : byDirective(question, rates);
}

/** What a rule says: a category with the rate that it names, or without tax for its reason, else for the one that goes with the category. */
function byRule(rule: TaxRule, { seller, day }: VatQuestion, rates: readonly VatRate[]): VatDecision {
  const { vatCategory } = rule;
  const country = vatCountry(rule.rateCountry ?? seller.country);
  const said = { ...NO_REASON, vatCategory, country, rateKind: null, basis: 'tax-rule', rule, rate: null } as const;
  const demand = VAT_CATEGORIES[vatCategory];
  if (demand.reason === 'needed') {
    const usual = REASON_OF[vatCategory];
    const texts = rule.exemptionReason ?? (usual ? VAT_REASONS[usual] : null);
    const code = rule.exemptionCode ?? (rule.exemptionReason || !usual ? null : VAT_REASONS[usual].code);
    return {
      ...said,
      vatRate: demand.rate === 'none' ? null : '0',
      vatExemptionCode: code,
      vatExemptionReason: texts?.en ?? null,
      reasonTexts: texts,
    };
  }
  if (demand.rate === 'zero') return { ...said, vatRate: '0' };
  if (rule.percent) return { ...said, vatRate: rule.percent };
  const rate = rateOn(rates, country, rule.rateKind ?? 'standard', day);
  return { ...said, vatRate: rate.percent, rateKind: rate.kind, rate };
}

/** The reason that goes with a category where a rule names none. */
const REASON_OF: Partial<Record<VatCategory, VatReason>> = { AE: 'reverse-charge', K: 'intra-community', G: 'export', O: 'outside-scope' };

function byDirective(question: VatQuestion, rates: readonly VatRate[]): VatDecision {
  const { seller, customer, product } = question;
  if (seller.isSmallBusiness) return untaxed('E', 'small-business', seller.country, 'small-business');
  if (customer.taxCategory === 'exempt') return untaxed('E', 'exempt-customer', seller.country, 'exempt-customer');
  return product.nature === 'goods' ? decideGoods(question, rates) : decideService(question, rates);
}

function decideGoods(question: VatQuestion, rates: readonly VatRate[]): VatDecision {
  const { seller, customer } = question;
  const destination = vatCountry(customer.deliveryCountry ?? customer.country);
  if (destination === vatCountry(seller.country)) return domestic(question, rates);
  if (!isInUnionForGoods(destination)) return untaxed('G', 'export', null, 'export');
  if (hasForeignVatId(question)) return untaxed('K', 'intra-community', null, 'intra-community');
  if (!seller.usesOneStopShop || destination === 'XI') return domestic(question, rates, 'below-threshold');
  return taxed(question, rates, destination, 'distance-sale');
}

function decideService(question: VatQuestion, rates: readonly VatRate[]): VatDecision {
  const { seller, customer, product } = question;
  const country = vatCountry(customer.country);
  if (country === vatCountry(seller.country)) return domestic(question, rates);
  if (isInUnion(country)) {
    if (hasForeignVatId(question)) return untaxed('AE', 'reverse-charge', null, 'reverse-charge');
    const isTaxedThere = product.nature === 'electronic' && seller.usesOneStopShop === true;
    return isTaxedThere ? taxed(question, rates, country, 'electronic-to-consumer') : domestic(question, rates, 'service-to-consumer');
  }
  const isOutside = product.nature === 'electronic' || customer.isBusiness === true;
  if (isOutside) return untaxed('O', 'outside-scope', null, 'outside-union');
  return domestic(question, rates, 'service-to-consumer');
}

/** A valid VAT id of another member state than the seller's. */
function hasForeignVatId({ seller, customer }: VatQuestion): boolean {
  const prefix = (customer.vatId ?? '').slice(0, 2).toUpperCase();
  const country = prefix === 'EL' ? 'GR' : prefix;
  return customer.isVatIdValid === true && isInUnionForGoods(country) && country !== vatCountry(seller.country);
}

function domestic(question: VatQuestion, rates: readonly VatRate[], basis: VatBasis = 'domestic'): VatDecision {
  const { seller, customer, product } = question;
  const country = vatCountry(seller.country);
  const isBusiness = customer.isVatIdValid === true || customer.isBusiness === true;
  if (product.taxCategory === 'domestic-reverse-charge' && isBusiness && vatCountry(customer.country) === country) {
    return untaxed('AE', 'reverse-charge', country, 'domestic-reverse-charge');
  }
  return taxed(question, rates, country, basis);
}

/** At the rate of a country that the product has there; exempt and zero rated products are so in every country. */
function taxed({ customer, product, day }: VatQuestion, rates: readonly VatRate[], country: string, basis: VatBasis): VatDecision {
  const { taxCategory } = product;
  if (taxCategory === 'exempt-activity' || taxCategory === 'exempt-finance') return untaxed('E', taxCategory, country, 'exempt-product');
  if (taxCategory === 'zero')
    return { ...NO_REASON, vatCategory: 'Z', vatRate: '0', country, rateKind: null, basis: 'zero-rated-product', rule: null, rate: null };
  const kind = !taxCategory || taxCategory === 'domestic-reverse-charge' ? 'standard' : taxCategory;
  const rate = rateOn(rates, country, kind, day);
  const vatCategory = customer.taxCategory === 'split-payment' && country === 'IT' ? 'B' : (rate.vatCategory ?? 'S');
  return { ...NO_REASON, vatCategory, vatRate: rate.percent, country, rateKind: rate.kind, basis, rule: null, rate };
}

const NO_REASON = { vatExemptionCode: null, vatExemptionReason: null, reasonTexts: null };

function untaxed(vatCategory: VatCategory, reason: VatReason, country: string | null, basis: VatBasis): VatDecision {
  const { code, en, de } = VAT_REASONS[reason];
  return {
    vatCategory,
    vatRate: vatCategory === 'O' ? null : '0',
    vatExemptionCode: code,
    vatExemptionReason: en,
    country,
    rateKind: null,
    reasonTexts: { en, de },
    basis,
    rule: null,
    rate: null,
  };
}
