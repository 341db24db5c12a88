import type { Company, Customer, Invoice, PaymentTerms, Product } from '#metadata/records.gen.ts';
import { defineHook } from '#platform/kernel/module.ts';
import { chooseCurrency } from '#platform/kernel/money/currency.ts';

type Facts = {
  products: readonly Pick<Product, 'id' | 'name' | 'unit' | 'listPrice'>[];
  customer: readonly Pick<Customer, 'currency' | 'billingAddress' | 'paymentTermsId'>[];
  company: readonly Pick<Company, 'currency'>[];
  terms: readonly PaymentTerms[];
};

/** Fills what a draft leaves open: currency, billing address, payment terms, and of lines with a product its name, unit and price. */
export const fillInvoice = defineHook<Invoice, Facts>({
  object: 'invoice',
  name: 'fillInvoice',
  needs: (draft) => {
    if (draft.status !== 'draft') return {};
    const productIds = (draft.lines ?? []).flatMap((line) => line.productId ?? []);
    return {
      ...(productIds.length > 0 ? { products: { object: 'product', filter: { id: { in: productIds } }, limit: 1000 } } : {}),
      customer: { object: 'customer', filter: { id: draft.customerId } },
      ...(draft.companyId ? { company: { object: 'company', filter: { id: draft.companyId } } } : {}),
      ...(draft.paymentTermsId ? {} : { terms: { object: 'payment_terms', filter: { standard: true }, limit: 1 } }),
    };
  },
  derive: (draft, facts) => {
    if (draft.status !== 'draft') return {};
    const [customer] = facts.customer ?? [];
    return {
      currency: chooseCurrency(draft.currency, customer?.currency, facts.company?.[0]?.currency),
      deliveryDate: draft.deliveryDate ?? (draft.kind === 'downPayment' ? null : (draft.date ?? null)),
      billingAddress: draft.billingAddress ?? customer?.billingAddress ?? null,
      paymentTermsId: draft.paymentTermsId ?? customer?.paymentTermsId ?? facts.terms?.[0]?.id ?? null,
      lines: (draft.lines ?? []).map((line) => {
        const product = facts.products?.find((one) => one.id === line.productId);
        if (!product) return line;
        return {
          ...line,
          description: line.description ?? product.name,
          unit: line.unit ?? product.unit ?? null,
          unitPrice: line.unitPrice ?? product.listPrice ?? null,
        };
      }),
    };
  },
});
