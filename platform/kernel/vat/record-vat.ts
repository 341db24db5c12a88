import { Refusal } from '../errors.ts';
import type { RecordVat } from '../money/record-amounts.ts';
import { VAT_CATEGORIES } from '../money/vat-category.ts';
import type { VatBasis } from './basis.ts';
import { isInUnion } from './countries.ts';
import { decideVat, type VatCustomer, type VatProduct } from './decide.ts';
import type { VatRate } from './rates.ts';
import { VAT_REASONS } from './reasons.ts';

/** A line in the words in which records of offers, orders and invoices keep it. */
export type VatLine = RecordVat & {
  readonly id?: string;
  readonly productId?: string | null;
  /** On what its VAT stands; a line whose VAT a person chose has `by-hand`. */
  readonly vatBasis?: readonly string[] | null;
};

type Address = { readonly country?: string } | null;

/** A document as its record keeps it. */
export type VatDocument = {
  readonly [field: string]: unknown;
  readonly companyId?: string | null;
  readonly customerId?: string | null;
  /** Days of supply, the first one known counts. Without any the newest rates hold. */
  readonly deliveryDate?: string | null;
  readonly date?: string | null;
  readonly billingAddress?: Address;
  readonly shippingAddress?: Address;
  readonly lines?: readonly VatLine[] | null;
};

/** What records of company, customer and products say about VAT. */
export type VatFacts = {
  readonly company?: readonly { readonly country?: string; readonly isSmallBusiness?: boolean; readonly usesOneStopShop?: boolean }[];
  readonly customer?: readonly {
    readonly kind?: string | null;
    readonly language?: string | null;
    readonly vatNumber?: string | null;
    readonly vatNumberCheckedOn?: string | null;
    readonly taxCategory?: VatCustomer['taxCategory'];
    readonly billingAddress?: Address;
    readonly shippingAddress?: Address;
  }[];
  readonly products?: readonly {
    readonly id?: string;
    readonly kind?: string | null;
    readonly taxCategory?: VatProduct['taxCategory'];
    readonly isElectronic?: boolean | null;
  }[];
};

/** What a decision is made with: facts, rates, and the document as it was before the change. */
export type VatGiven = {
  readonly facts: VatFacts;
  readonly rates: readonly VatRate[];
  readonly before: VatDocument | null;
  /** Whether decisions are taken again; else only lines that have none get one. */
  readonly isOpen: boolean;
};

const NEWEST = '9999-12-31';
const UNDECIDED = { vatCategory: null, vatRate: null, vatExemptionCode: null, vatExemptionReason: null } as const;

/**
 * The lines of a document with their VAT, and all that these decisions stand on. What a person chose stays. Nothing is refused: without a seller, or
 * without a rate for its country, a line is undecided; without the customer's country it is taxed as at home, without a product as goods.
 */
export function withVat(document: VatDocument, given: VatGiven): { lines: readonly VatLine[]; vatBasis: readonly string[] } {
  const earlier = new Map((given.before?.lines ?? []).map((line) => [line.id, line]));
  const lines = (document.lines ?? []).map((line): VatLine => {
    const was = line.id === undefined ? undefined : earlier.get(line.id);
    if (isRateAlone(line, was)) return { ...line, vatCategory: Number(line.vatRate) === 0 ? 'Z' : 'S', vatBasis: ['by-hand'] };
    if (isByHand(line, was)) return { ...line, ...rateOf(line), vatBasis: ['by-hand'] };
    return given.isOpen || (!line.vatCategory && !was) ? { ...line, ...decided(document, line, given) } : line;
  });
  return { lines, vatBasis: [...new Set(lines.flatMap((line) => line.vatBasis ?? []))] };
}

/** A category that came with no basis was typed in, and so was one that is not the one decided; without a category it is decided again. */
function isByHand(line: VatLine, was: VatLine | undefined): boolean {
  if (!line.vatCategory) return false;
  const basis = (was ?? line).vatBasis ?? [];
  if (basis.length === 0 || basis.includes('by-hand')) return true;
  return was !== undefined && (was.vatCategory !== line.vatCategory || Number(was.vatRate ?? 0) !== Number(line.vatRate ?? 0));
}

/** Categories that have one rate or none need none to be typed, nor one to be taken away. */
function rateOf({ vatCategory, vatRate = null }: VatLine): Pick<VatLine, 'vatRate'> {
  const rule = vatCategory ? VAT_CATEGORIES[vatCategory].rate : 'any';
  return { vatRate: rule === 'zero' ? '0' : rule === 'none' ? null : vatRate };
}

/** Somebody typed a rate and no category: then it is the one that has rates. */
function isRateAlone(line: VatLine, was: VatLine | undefined): boolean {
  const hasRate = !line.vatCategory && typeof line.vatRate === 'string';
  return hasRate && (!was?.vatRate || Number(was.vatRate) !== Number(line.vatRate));
}

function decided(document: VatDocument, line: VatLine, { facts, rates }: VatGiven): Partial<VatLine> {
  const [company] = facts.company ?? [];
  const [customer = {}] = facts.customer ?? [];
  const product = facts.products?.find(({ id }) => id === line.productId);
  if (!company?.country) return { ...UNDECIDED, vatBasis: ['no-seller'] };
  if (!isInUnion(company.country)) return { ...UNDECIDED, vatBasis: ['no-rate'] };
  const billing = (document.billingAddress ?? customer.billingAddress)?.country;
  const delivery = (document.shippingAddress ?? customer.shippingAddress)?.country;
  const known = billing ?? delivery;
  const assumed: readonly VatBasis[] = [...(known ? [] : ['no-country' as const]), ...(product ? [] : ['no-product' as const])];
  const question = {
    seller: { ...company, country: company.country },
    customer: {
      country: known ?? company.country,
      deliveryCountry: delivery ?? null,
      vatId: customer.vatNumber ?? null,
      isVatIdValid: Boolean(customer.vatNumber && customer.vatNumberCheckedOn),
      isBusiness: customer.kind === 'company',
      taxCategory: customer.taxCategory ?? null,
    },
    product: { nature: natureOf(product), taxCategory: product?.taxCategory ?? null },
    day: document.deliveryDate ?? document.date ?? NEWEST,
  };
  try {
    const { vatCategory, vatRate, vatExemptionCode, vatExemptionReason, reason, basis } = decideVat(question, rates);
    const inGerman = customer.language === 'de' && reason ? VAT_REASONS[reason].de : null;
    return {
      vatCategory,
      vatRate: vatRate ?? null,
      vatExemptionCode: vatExemptionCode ?? null,
      vatExemptionReason: inGerman ?? vatExemptionReason ?? null,
      vatBasis: [basis, ...assumed],
    };
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal;
    return { ...UNDECIDED, vatBasis: ['no-rate', ...assumed] };
  }
}

function natureOf(product: { readonly kind?: string | null; readonly isElectronic?: boolean | null } | undefined): VatProduct['nature'] {
  if (product?.kind !== 'service') return 'goods';
  return product.isElectronic === true ? 'electronic' : 'service';
}
