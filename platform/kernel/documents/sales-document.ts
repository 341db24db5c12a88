import type { Company, Customer, Product } from '#metadata/records.gen.ts';
import { isRecord } from '../is-record.ts';
import { isList } from '../json.ts';
import type { Json } from '../model.ts';
import { currencyOf } from '../money/currency.ts';
import type { Need } from '../module.ts';
import { addressLines, countryName, type PostalAddress } from './address.ts';
import type { DocumentContent } from './document.ts';

/** What documents of the sales flow have in common, as their records keep it. */
export type SalesRecord = {
  readonly number?: string | null;
  readonly date?: string | null;
  readonly companyId?: string | null;
  readonly customerId: string;
  readonly currency?: string | null;
  readonly pricesIncludeTax?: boolean | null;
  readonly customerName?: string | null;
  readonly customerVatNumber?: string | null;
  readonly sellerName?: string | null;
  readonly sellerAddress?: PostalAddress | null;
  readonly sellerVatNumber?: string | null;
  readonly netTotal?: string | null;
  readonly taxTotal?: string | null;
  readonly grossTotal?: string | null;
  readonly vat?: unknown;
  readonly lines?: readonly SalesLine[] | null;
};

/** A line of one of them. */
export type SalesLine = {
  readonly productId?: string | null;
  readonly description?: string | null;
  readonly quantity: string;
  readonly unit?: string | null;
  readonly unitPrice?: string | null;
  readonly priceBaseQuantity?: string | null;
  readonly discountPercent?: string | null;
  readonly vatRate?: string | null;
  readonly amount?: string | null;
};

/** The records that they speak of. */
export type SalesFacts = {
  readonly company?: readonly Company[];
  readonly customer?: readonly Customer[];
  readonly products?: readonly Pick<Product, 'id' | 'sku'>[];
};

const PRODUCTS_MAX = 1000;

/** The fields that every one of them prints of its own and of its lines. */
export const PRINTED_OF_SALES: readonly string[] = [
  'number',
  'date',
  'customer',
  'lines',
  'lines.description',
  'lines.quantity',
  'lines.unit',
];
/** Those that tell of money. */
export const PRINTED_OF_PRICES: readonly string[] = [
  'currency',
  'netTotal',
  'taxTotal',
  'grossTotal',
  'vat',
  'lines.unitPrice',
  'lines.discountPercent',
  'lines.vatRate',
  'lines.amount',
];

/** Company, customer and the products of the lines. */
export function salesNeeds(record: Pick<SalesRecord, 'companyId' | 'customerId' | 'lines'>): { readonly [fact: string]: Need } {
  const productIds = [...new Set((record.lines ?? []).flatMap((line) => line.productId ?? []))];
  return {
    customer: { object: 'customer', filter: { id: record.customerId } },
    ...(record.companyId ? { company: { object: 'company', filter: { id: record.companyId } } } : {}),
    ...(productIds.length > 0
      ? { products: { object: 'product', filter: { id: { in: productIds } }, fields: 'sku', limit: PRODUCTS_MAX } }
      : {}),
  };
}

/** Number, day, seller, customer, recipient and lines; `address` is where the letter goes. */
export function salesContent(
  record: SalesRecord,
  facts: SalesFacts,
  { address, language }: { readonly address: PostalAddress | null | undefined; readonly language: string },
): DocumentContent & { readonly lines: readonly DocumentContent[] } {
  const [company] = facts.company ?? [];
  const [customer] = facts.customer ?? [];
  const name = record.customerName ?? customer?.name ?? null;
  const from = record.sellerAddress?.country ?? company?.address?.country ?? company?.country ?? null;
  const skus = new Map((facts.products ?? []).map(({ id, sku }) => [id, sku ?? null]));
  return {
    number: record.number ?? null,
    date: record.date ?? null,
    currency: currencyOf(record),
    company: sellerContent(record, company, language),
    customer: { name, number: customer?.number ?? null, vatNumber: record.customerVatNumber ?? customer?.vatNumber ?? null },
    recipient: { lines: [...(name === null ? [] : [name]), ...addressLines(address, { from, language })] },
    lines: (record.lines ?? []).map((line, index) =>
      lineContent(line, { position: index + 1, number: skus.get(line.productId ?? '') ?? null }),
    ),
  };
}

/** Sums and VAT of what has prices. */
export function priceContent(record: SalesRecord): DocumentContent {
  const vat = isList(record.vat) ? record.vat.filter(isRecord) : [];
  return {
    totals: {
      net: record.netTotal ?? null,
      tax: record.taxTotal ?? null,
      gross: record.grossTotal ?? null,
      includesTax: record.pricesIncludeTax ?? false,
    },
    vat: vat.map((one) => ({
      category: textIn(one['vatCategory']),
      rate: textIn(one['vatRate']) ?? '0',
      taxable: textIn(one['taxableAmount']),
      tax: textIn(one['taxAmount']),
      reason: textIn(one['vatExemptionReason']),
    })),
  };
}

/** The company as a letter's head and foot show it; what was kept when the document was issued goes before what is so today. */
export function sellerContent(
  record: Pick<SalesRecord, 'sellerName' | 'sellerAddress' | 'sellerVatNumber'>,
  company: Company | undefined,
  language: string,
): { readonly [name: string]: Json } {
  const address = record.sellerAddress ?? company?.address;
  return {
    name: record.sellerName ?? company?.name ?? null,
    street: address?.street ?? null,
    postalCode: address?.postalCode ?? null,
    city: address?.city ?? null,
    country: address?.country ?? company?.country ?? null,
    countryName: countryName(address?.country ?? company?.country, language),
    vatNumber: record.sellerVatNumber ?? company?.vatNumber ?? null,
    taxNumber: company?.taxNumber ?? null,
    registration: company?.registration ?? null,
    managers: company?.managers ?? null,
    email: company?.email ?? null,
    phone: company?.phone ?? null,
    website: company?.website ?? null,
    bankName: company?.bankName ?? null,
    iban: company?.iban ?? null,
    bic: company?.bic ?? null,
    logo: company?.logo?.id ?? null,
  };
}

function lineContent(
  line: SalesLine,
  { position, number }: { position: number; number: string | null },
): { readonly [name: string]: Json } {
  return {
    position,
    number,
    description: line.description ?? null,
    text: null,
    quantity: line.quantity,
    unit: line.unit ?? null,
    unitPrice: line.unitPrice ?? null,
    priceBase: line.priceBaseQuantity && Number(line.priceBaseQuantity) !== 1 ? line.priceBaseQuantity : null,
    discountPercent: line.discountPercent && Number(line.discountPercent) !== 0 ? line.discountPercent : null,
    vatRate: line.vatRate ?? null,
    amount: line.amount ?? null,
  };
}

function textIn(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
