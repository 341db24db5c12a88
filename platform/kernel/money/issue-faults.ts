import { exact } from '../decimal.ts';
import type { FieldError } from '../errors.ts';
import { nameOfAdjustment, nameOfLine } from './document-faults.ts';
import type { MoneyDocument } from './document.ts';
import { reasonFaults, VAT_CATEGORIES, type VatCategory, type VatTreatment } from './vat-category.ts';

/** What the VAT of an invoice demands of its parties and its delivery. */
export type InvoiceParties = {
  /** BT-31. */
  readonly sellerVatId?: string | null;
  /** BT-32, the number that a tax office gave. */
  readonly sellerTaxId?: string | null;
  /** BT-40, ISO 3166-1. */
  readonly sellerCountry?: string | null;
  /** BT-48. */
  readonly buyerVatId?: string | null;
  /** BT-47. */
  readonly buyerRegistrationId?: string | null;
  /** BT-72, or the end of the invoicing period (BT-74). */
  readonly deliveryDate?: string | null;
  /** BT-80, ISO 3166-1. */
  readonly deliveryCountry?: string | null;
};

type Demand = {
  readonly categories: readonly VatCategory[];
  readonly rule: string;
  readonly field: keyof InvoiceParties;
  readonly isMet: (parties: InvoiceParties) => boolean;
  readonly says: string;
};

const DEMANDS: readonly Demand[] = [
  {
    categories: ['S', 'Z', 'E', 'AE', 'L', 'M', 'B'],
    rule: '02',
    field: 'sellerVatId',
    isMet: ({ sellerVatId, sellerTaxId }) => isGiven(sellerVatId) || isGiven(sellerTaxId),
    says: "needs the seller's VAT id or tax number",
  },
  {
    categories: ['K', 'G'],
    rule: '02',
    field: 'sellerVatId',
    isMet: ({ sellerVatId }) => isGiven(sellerVatId),
    says: "needs the seller's VAT id",
  },
  {
    categories: ['AE'],
    rule: '02',
    field: 'buyerVatId',
    isMet: ({ buyerVatId, buyerRegistrationId }) => isGiven(buyerVatId) || isGiven(buyerRegistrationId),
    says: "needs the buyer's VAT id or registration number",
  },
  {
    categories: ['K'],
    rule: '02',
    field: 'buyerVatId',
    isMet: ({ buyerVatId }) => isGiven(buyerVatId),
    says: "needs the buyer's VAT id",
  },
  {
    categories: ['K'],
    rule: '11',
    field: 'deliveryDate',
    isMet: ({ deliveryDate }) => isGiven(deliveryDate),
    says: 'needs the date of delivery or the period invoiced',
  },
  {
    categories: ['K'],
    rule: '12',
    field: 'deliveryCountry',
    isMet: ({ deliveryCountry }) => isGiven(deliveryCountry),
    says: 'needs the country delivered to',
  },
  {
    categories: ['B'],
    rule: '01',
    field: 'sellerCountry',
    isMet: ({ sellerCountry }) => sellerCountry === 'IT',
    says: 'is for sellers in Italy only',
  },
];

/**
 * What keeps a document whose amounts are right from being issued by EN 16931: reasons that are missing or too many (BR-E-10 …), parties
 * (BR-S-02, BR-AE-02, BR-IC-02 …), categories that cannot stand together (BR-O-11, BR-B-02) and negative prices (BR-27).
 * That a document "not subject to VAT" prints no VAT ids (BR-O-02) is for whoever writes it.
 */
export function issueFaults(document: MoneyDocument, parties: InvoiceParties): readonly FieldError[] {
  const treated = [
    ...document.lines.map((line, index) => ({ vat: line, pointer: `/lines/${index}`, name: nameOfLine(index) })),
    ...(document.adjustments ?? []).flatMap((each, index) =>
      typeof each.vatCategory === 'string' ? [{ vat: each, pointer: `/adjustments/${index}`, name: nameOfAdjustment(index) }] : [],
    ),
  ];
  const categories = new Set(treated.map(({ vat }) => vat.vatCategory));
  return [
    ...treated.flatMap(({ vat, pointer, name }) => reasonFaults(vat, pointer, name)),
    ...treated.flatMap((each) => mixFaults(each, categories)),
    ...document.lines.flatMap((line, index) => (exact(line.unitPrice).isNegative() ? [negativePrice(index)] : [])),
    ...DEMANDS.flatMap((demand) => partyFaults(demand, categories, parties)),
  ];
}

type Treated = { readonly vat: VatTreatment; readonly pointer: string; readonly name: string };

function mixFaults({ vat, pointer, name }: Treated, categories: ReadonlySet<VatCategory>): readonly FieldError[] {
  const clash = (rule: string, other: string): FieldError => ({
    pointer: `${pointer}/vatCategory`,
    field: 'vatCategory',
    rule,
    message: `${name}: category ${vat.vatCategory} cannot stand with ${other} in one document; make it two.`,
  });
  if (vat.vatCategory !== 'O' && categories.has('O'))
    return [clash('BR-O-11', 'category O (Not subject to VAT), which takes no others beside it,')];
  return vat.vatCategory === 'S' && categories.has('B') ? [clash('BR-B-02', 'category B (Split payment)')] : [];
}

function negativePrice(index: number): FieldError {
  const message = `${nameOfLine(index)}: the price is negative; take the quantity negative instead.`;
  return { pointer: `/lines/${index}/unitPrice`, field: 'unitPrice', rule: 'BR-27', message };
}

function partyFaults(demand: Demand, categories: ReadonlySet<VatCategory>, parties: InvoiceParties): readonly FieldError[] {
  if (demand.isMet(parties)) return [];
  const [category] = demand.categories.filter((each) => categories.has(each));
  if (category === undefined) return [];
  const { name, rules } = VAT_CATEGORIES[category];
  const message = `VAT category ${category} (${name}) ${demand.says}.`;
  return [{ pointer: `/${demand.field}`, field: demand.field, rule: `${rules}-${demand.rule}`, message }];
}

function isGiven(value: string | null | undefined): boolean {
  return typeof value === 'string' && value.trim() !== '';
}
