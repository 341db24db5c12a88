import type { Company, Customer, OwnBankAccount, Payment } from '#metadata/records.gen.ts';
import { defineHook } from '#platform/kernel/module.ts';
import { chooseCurrency, toCurrency } from '#platform/kernel/money/currency.ts';

type Facts = {
  readonly customer: readonly Pick<Customer, 'currency'>[];
  readonly company: readonly Pick<Company, 'currency'>[];
  readonly account: readonly Pick<OwnBankAccount, 'currency'>[];
};

/** The currency of a payment is its own, else that of the bank account, the customer, the company; its amount has that currency's digits. */
export const fillPayment = defineHook<Payment, Facts>({
  object: 'payment',
  name: 'fillPayment',
  needs: (draft) => ({
    customer: { object: 'customer', filter: { id: draft.customerId } },
    ...(draft.companyId ? { company: { object: 'company', filter: { id: draft.companyId } } } : {}),
    ...(draft.bankAccountId ? { account: { object: 'own_bank_account', filter: { id: draft.bankAccountId } } } : {}),
  }),
  derive: (draft, { customer, company, account }, before) => {
    if (before && before.status !== 'draft') return {};
    const currency = chooseCurrency(draft.currency, account?.[0]?.currency, customer?.[0]?.currency, company?.[0]?.currency);
    return { currency, amount: toCurrency(draft.amount, currency) };
  },
});
