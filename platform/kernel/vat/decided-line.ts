import { Refusal } from '../errors.ts';
import { pathUp } from '../tree-path.ts';
import type { VatBasis } from './basis.ts';
import { isInUnion } from './countries.ts';
import { decideVat, type VatProduct, type VatQuestion } from './decide.ts';
import type { VatRate } from './rates.ts';
import type { VatDocument, VatFacts, VatLine } from './record-vat.ts';
import { taxRuleOf } from './rule-of-record.ts';
import { decidingTaxRule, type TaxRule } from './tax-rule.ts';
import { vatSteps, type VatStep } from './vat-steps.ts';

/** What is decided about a line: its VAT, on what it stands, and how it came about. */
export type DecidedVat = Pick<
  VatLine,
  'vatCategory' | 'vatRate' | 'vatExemptionCode' | 'vatExemptionReason' | 'vatRuleId' | 'vatRateSourceId'
> & {
  readonly vatBasis: readonly VatBasis[];
  readonly vatSteps: readonly VatStep[];
};

/** With what a line is decided. `isTaken`: another document has decided it, which stands where two rules hold equally. */
export type LineGiven = { readonly facts: VatFacts; readonly rates: readonly VatRate[]; readonly day: string; readonly isTaken?: boolean };

const UNDECIDED = {
  vatCategory: null,
  vatRate: null,
  vatExemptionCode: null,
  vatExemptionReason: null,
  vatRuleId: null,
  vatRateSourceId: null,
  vatSteps: [],
} as const;

/**
 * The VAT of a line on a day, as rules and directive say. Two rules that hold equally are refused; null where the line `isTaken`, so that it stays as it is.
 */
export function decidedLine(document: VatDocument, line: VatLine, { facts, rates: shipped, day, isTaken }: LineGiven): DecidedVat | null {
  const [company] = facts.company ?? [];
  if (!company?.country) return { ...UNDECIDED, vatBasis: ['no-seller'] };
  const { question, assumed } = questionOf(document, line, { facts, country: company.country, day });
  const rules = (facts.rules ?? []).map(taxRuleOf);
  if (isTaken && isInConflict(rules, question)) return null;
  const rates = facts.rates && facts.rates.length > 0 ? facts.rates : shipped;
  if (!holdingRule(rules, question) && !isInUnion(company.country)) return { ...UNDECIDED, vatBasis: ['no-rate'] };
  return decided(question, { rates, rules, assumed, language: facts.customer?.[0]?.language });
}

type Law = {
  readonly rates: readonly VatRate[];
  readonly rules: readonly TaxRule[];
  readonly assumed: readonly VatBasis[];
  readonly language: string | null | undefined;
};

function decided(question: VatQuestion, { rates, rules, assumed, language }: Law): DecidedVat {
  try {
    const decision = decideVat(question, { rates, rules });
    const { vatCategory, vatRate, vatExemptionCode, vatExemptionReason, reasonTexts, basis, rule, rate } = decision;
    return {
      vatCategory,
      vatRate: vatRate ?? null,
      vatExemptionCode: vatExemptionCode ?? null,
      vatExemptionReason: (language === 'de' ? reasonTexts?.de : null) ?? vatExemptionReason ?? null,
      vatBasis: [basis, ...assumed],
      vatSteps: [...vatSteps(decision, question.day), ...assumed.map((step) => ({ step }))],
      vatRuleId: rule?.id ?? null,
      vatRateSourceId: rate?.id ?? null,
    };
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal;
    return { ...UNDECIDED, vatBasis: ['no-rate', ...assumed] };
  }
}

/** The rule that holds; a conflict of two is thrown. */
function holdingRule(rules: readonly TaxRule[], { subject, day }: VatQuestion): TaxRule | null {
  return subject ? decidingTaxRule(rules, { ...subject, day }) : null;
}

function isInConflict(rules: readonly TaxRule[], question: VatQuestion): boolean {
  try {
    holdingRule(rules, question);
    return false;
  } catch (refusal) {
    if (refusal instanceof Refusal) return true;
    throw refusal;
  }
}

type Asked = { readonly question: VatQuestion; readonly assumed: readonly VatBasis[] };

function questionOf(document: VatDocument, line: VatLine, at: { facts: VatFacts; country: string; day: string }): Asked {
  const { facts, country, day } = at;
  const [customer = {}] = facts.customer ?? [];
  const product = facts.products?.find(({ id }) => id === line.productId);
  const billing = document.billingAddress ?? customer.billingAddress;
  const delivery = document.shippingAddress ?? customer.shippingAddress;
  const known = billing?.country ?? delivery?.country;
  const goesTo = delivery?.country ? delivery : billing;
  return {
    assumed: [...(known ? [] : ['no-country' as const]), ...(product ? [] : ['no-product' as const])],
    question: {
      seller: { ...facts.company?.[0], country },
      customer: {
        country: known ?? country,
        deliveryCountry: delivery?.country ?? null,
        vatId: customer.vatNumber ?? null,
        isVatIdValid: Boolean(customer.vatNumber && customer.vatNumberCheckedOn),
        isBusiness: customer.kind === 'company',
        taxCategory: customer.taxCategory ?? null,
      },
      product: { nature: natureOf(product), taxCategory: product?.taxCategory ?? null },
      day,
      subject: {
        companyId: document.companyId ?? null,
        customerId: document.customerId ?? null,
        customerGroups: pathUp(customer.groupId, facts.customerGroups ?? []),
        country: goesTo?.country ?? country,
        region: goesTo?.region ?? null,
        postalCode: goesTo?.postalCode ?? null,
        productId: line.productId ?? null,
        productGroups: pathUp(product?.groupId, facts.productGroups ?? []),
        taxCategory: product?.taxCategory ?? null,
      },
    },
  };
}

function natureOf(product: { readonly kind?: string | null; readonly isElectronic?: boolean | null } | undefined): VatProduct['nature'] {
  if (product?.kind !== 'service') return 'goods';
  return product.isElectronic === true ? 'electronic' : 'service';
}
