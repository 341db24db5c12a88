import type { Company, Customer, Invoice, PaymentTerms } from '#metadata/records.gen.ts';
import { settledRate } from '#platform/kernel/money/exchange-hook.ts';
import { defineCommand } from '#platform/kernel/module.ts';
import { invoiceIssued } from '../events.ts';
import { refuseEmpty } from '../rules/completeness.ts';
import { orderQuantities } from '../rules/order-quantities.ts';
import { instalmentsOf, issuedSchedule } from '../rules/payment-schedule.ts';
import { snapshotOf } from '../rules/snapshot.ts';
import { ofInvoice, sumsOf } from '../rules/sums.ts';
import { termsOf } from '../rules/terms.ts';

/** Makes an invoice binding: it draws its number (declared in the metadata), dates it today, keeps names and addresses, and cannot change any more. */
export const issue = defineCommand<Invoice, Record<string, never>>({
  object: 'invoice',
  name: 'issue',
  run: async (work, invoice) => {
    refuseEmpty(invoice);
    const rate = await settledRate(work, invoice);
    const date = work.today(invoice.companyId ?? undefined);
    const terms = invoice.paymentTermsId ? await work.get<PaymentTerms>('payment_terms', invoice.paymentTermsId) : null;
    const schedule = issuedSchedule(invoice, date, termsOf(terms));
    const company = invoice.companyId ? await work.get<Company>('company', invoice.companyId) : null;
    const customer = await work.get<Customer>('customer', invoice.customerId);
    await work.emit(invoiceIssued, `invoice/${invoice.id}`, {
      ...ofInvoice(invoice),
      ...sumsOf({ ...invoice, ...rate }),
      kind: invoice.kind ?? 'standard',
      companyId: invoice.companyId ?? null,
      date,
      dueDate: schedule.dueDate ?? date,
      instalments: instalmentsOf(schedule),
      lines: orderQuantities(invoice.lines),
    });
    return {
      values: {
        date,
        ...rate,
        ...schedule,
        outstanding: invoice.grossTotal ?? '0',
        issuedAt: work.now,
        ...snapshotOf(invoice, customer, company),
      },
    };
  },
});
