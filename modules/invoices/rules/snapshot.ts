import type { Company, Customer, Invoice } from '#metadata/records.gen.ts';

/** Names, addresses and tax numbers as they are on the day of issue; later changes of the customer or the company do not reach an issued document. */
export function snapshotOf(invoice: Pick<Invoice, 'billingAddress'>, customer: Customer | null, company: Company | null): Partial<Invoice> {
  return {
    customerName: customer?.name ?? null,
    customerVatNumber: customer?.vatNumber ?? null,
    billingAddress: invoice.billingAddress ?? customer?.billingAddress ?? null,
    sellerName: company?.name ?? null,
    sellerAddress: company?.address ?? null,
    sellerVatNumber: company?.vatNumber ?? null,
  };
}
