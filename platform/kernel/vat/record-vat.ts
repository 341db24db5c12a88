import type { RecordVat } from '../money/record-amounts.ts';
import { VAT_CATEGORIES } from '../money/vat-category.ts';
import type { TreeNode } from '../tree-path.ts';
import type { VatCustomer, VatProduct } from './decide.ts';
import { decidedLine } from './decided-line.ts';
import type { VatRate } from './rates.ts';
import type { TaxRuleRecord } from './rule-of-record.ts';

/** A line in the words in which records of offers, orders and invoices keep it. */
export type VatLine = RecordVat & {
  readonly id?: string;
  readonly productId?: string | null;
  /** On what its VAT stands; a line whose VAT a person chose has `by-hand`. */
  readonly vatBasis?: readonly string[] | null;
  /** How it came about; `VatStep`s. */
  readonly vatSteps?: unknown;
  /** The tenant's rule that decided, and the rate that was taken. */
  readonly vatRuleId?: string | null;
  readonly vatRateSourceId?: string | null;
};

type Address = { readonly country?: string; readonly region?: string; readonly postalCode?: string } | null;

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

/** What records of company, customer and products say about VAT, and the rates and rules that could hold. */
export type VatFacts = {
  readonly company?: readonly { readonly country?: string; readonly isSmallBusiness?: boolean; readonly usesOneStopShop?: boolean }[];
  readonly customer?: readonly {
    readonly kind?: string | null;
    readonly language?: string | null;
    readonly groupId?: string | null;
    readonly vatNumber?: string | null;
    readonly vatNumberCheckedOn?: string | null;
    readonly taxCategory?: VatCustomer['taxCategory'];
    readonly billingAddress?: Address;
    readonly shippingAddress?: Address;
  }[];
  readonly products?: readonly {
    readonly id?: string;
    readonly kind?: string | null;
    readonly groupId?: string | null;
    readonly taxCategory?: VatProduct['taxCategory'];
    readonly isElectronic?: boolean | null;
  }[];
  readonly rates?: readonly VatRate[];
  readonly rules?: readonly TaxRuleRecord[];
  readonly customerGroups?: readonly TreeNode[];
  readonly productGroups?: readonly TreeNode[];
};

/** What a decision is made with: facts, and the document as it was before the change. */
export type VatGiven = {
  readonly facts: VatFacts;
  /** The rates that come with the product: they hold until this service knows those of the installation. */
  readonly rates: readonly VatRate[];
  readonly before: VatDocument | null;
  /** Whether decisions are taken again; else only lines that have none get one. */
  readonly isOpen: boolean;
};

const NEWEST = '9999-12-31';
const BY_HAND = { vatBasis: ['by-hand'], vatSteps: null, vatRuleId: null, vatRateSourceId: null } as const;

/**
 * The lines of a document with their VAT, and all that these decisions stand on. What a person chose stays. Without a seller, or without a rate for its
 * country, a line is undecided; without the customer's country it is taxed as at home, without a product as goods. Refused are two rules that hold
 * equally, where no earlier document has decided: a line that comes from one keeps what that said.
 */
export function withVat(document: VatDocument, given: VatGiven): { lines: readonly VatLine[]; vatBasis: readonly string[] } {
  const earlier = new Map((given.before?.lines ?? []).map((line) => [line.id, line]));
  const lines = (document.lines ?? []).map((line): VatLine => {
    const was = line.id === undefined ? undefined : earlier.get(line.id);
    if (isRateAlone(line, was)) return { ...line, vatCategory: Number(line.vatRate) === 0 ? 'Z' : 'S', ...BY_HAND };
    if (isByHand(line, was)) return { ...line, ...rateOf(line), ...BY_HAND };
    const isToDecide = given.isOpen || (!line.vatCategory && !was);
    if (!isToDecide) return line;
    return { ...line, ...decidedLine(document, line, { ...given, day: dayOf(document), isTaken: isTaken(line, was) }) };
  });
  return { lines, vatBasis: basesOf(lines) };
}

/** All that the decisions of lines stand on, each once. */
export function basesOf(lines: readonly VatLine[]): readonly string[] {
  return [...new Set(lines.flatMap((line) => line.vatBasis ?? []))];
}

/** The day whose VAT a document has: that of the supply. */
export function dayOf({ deliveryDate, date }: VatDocument): string {
  return deliveryDate ?? date ?? NEWEST;
}

/** Whether a line comes from another document, which has decided its VAT. */
function isTaken(line: VatLine, was: VatLine | undefined): boolean {
  return was === undefined && Boolean(line.vatCategory) && (line.vatBasis ?? []).length > 0;
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
