import type { FieldError } from '../errors.ts';
import { fractionOf } from './units.ts';

/** What the rate of a category may be. */
type RateRule = 'positive' | 'zero' | 'none' | 'zero or more' | 'any';

type CategoryRule = {
  /** Its name in EN 16931. */
  readonly name: string;
  readonly rate: RateRule;
  /** Whether BT-120 or BT-121 says why no tax is charged. */
  readonly reason: 'needed' | 'forbidden' | 'optional';
  /** Prefix of its business rules: `BR-S` has -02 (parties), -05 (rate) and -10 (reason). */
  readonly rules: string;
};

/** VAT category codes of EN 16931 (UNCL 5305, BT-118 and BT-151) with what each demands of rate and reason. */
export const VAT_CATEGORIES = {
  S: { name: 'Standard rated', rate: 'positive', reason: 'forbidden', rules: 'BR-S' },
  Z: { name: 'Zero rated', rate: 'zero', reason: 'forbidden', rules: 'BR-Z' },
  E: { name: 'Exempt from VAT', rate: 'zero', reason: 'needed', rules: 'BR-E' },
  AE: { name: 'Reverse charge', rate: 'zero', reason: 'needed', rules: 'BR-AE' },
  K: { name: 'Intra-community supply', rate: 'zero', reason: 'needed', rules: 'BR-IC' },
  G: { name: 'Export outside the EU', rate: 'zero', reason: 'needed', rules: 'BR-G' },
  O: { name: 'Not subject to VAT', rate: 'none', reason: 'needed', rules: 'BR-O' },
  L: { name: 'IGIC (Canary Islands)', rate: 'zero or more', reason: 'forbidden', rules: 'BR-AF' },
  M: { name: 'IPSI (Ceuta and Melilla)', rate: 'zero or more', reason: 'forbidden', rules: 'BR-AG' },
  B: { name: 'Split payment (Italy)', rate: 'any', reason: 'optional', rules: 'BR-B' },
} as const satisfies Readonly<Record<string, CategoryRule>>;

/** One of the codes above. */
export type VatCategory = keyof typeof VAT_CATEGORIES;

/** The VAT of a line or of an allowance or charge of the document. */
export type VatTreatment = {
  readonly vatCategory: VatCategory;
  /** Points, such as `"19"`; absent or null for category O. */
  readonly vatRate?: string | null;
  /** BT-121, a VATEX code. */
  readonly vatExemptionCode?: string | null;
  /** BT-120. */
  readonly vatExemptionReason?: string | null;
};

/** The VAT of something that has more than that. */
export function vatOnly({ vatCategory, vatRate, vatExemptionCode, vatExemptionReason }: VatTreatment): VatTreatment {
  return {
    vatCategory,
    vatRate: vatRate ?? null,
    vatExemptionCode: vatExemptionCode ?? null,
    vatExemptionReason: vatExemptionReason ?? null,
  };
}

/** Whether a text is a VAT category code. */
export function isVatCategory(code: string): code is VatCategory {
  return Object.hasOwn(VAT_CATEGORIES, code);
}

/** What makes amounts impossible: an unknown category, or a rate that it does not allow (BR-S-05, BR-Z-05 … BR-O-05). */
export function rateFaults(vat: VatTreatment, pointer: string, subject: string): readonly FieldError[] {
  if (!isVatCategory(vat.vatCategory)) {
    const message = `${subject}: '${String(vat.vatCategory)}' is no VAT category; choose one of ${Object.keys(VAT_CATEGORIES).join(', ')}.`;
    return [{ pointer: `${pointer}/vatCategory`, field: 'vatCategory', rule: 'BR-CO-04', message }];
  }
  const { name, rate, rules } = VAT_CATEGORIES[vat.vatCategory];
  const demand = whyNotRate(rate, vat.vatRate);
  if (demand === undefined) return [];
  const message = `${subject}: category ${vat.vatCategory} (${name}) ${demand}.`;
  return [{ pointer: `${pointer}/vatRate`, field: 'vatRate', rule: `${rules}-05`, message }];
}

/** What a legal document lacks or has too much of: the reason for charging no tax (BR-E-10, BR-AE-10 … and BR-S-10, BR-Z-10). */
export function reasonFaults(vat: VatTreatment, pointer: string, subject: string): readonly FieldError[] {
  const { name, reason, rules } = VAT_CATEGORIES[vat.vatCategory];
  const isGiven = Boolean(vat.vatExemptionCode ?? '') || Boolean(vat.vatExemptionReason ?? '');
  if (reason === 'optional' || isGiven === (reason === 'needed')) return [];
  const demand = isGiven ? 'takes no exemption reason: remove it' : 'needs an exemption reason or its VATEX code';
  const message = `${subject}: category ${vat.vatCategory} (${name}) ${demand}.`;
  return [{ pointer: `${pointer}/vatExemptionReason`, field: 'vatExemptionReason', rule: `${rules}-10`, message }];
}

function whyNotRate(rule: RateRule, rate: string | null | undefined): string | undefined {
  const isAbsent = rate === undefined || rate === null;
  if (rule === 'none') return isAbsent ? undefined : 'has no rate: leave it empty';
  if (isAbsent) return 'needs a rate';
  const { over } = fractionOf(rate);
  if (rule === 'positive') return over > 0n ? undefined : 'needs a rate above 0; for 0 % choose Z, E or another category';
  if (rule === 'zero') return over === 0n ? undefined : `has the rate 0, not ${rate}`;
  return over >= 0n ? undefined : 'needs a rate of 0 or more';
}
