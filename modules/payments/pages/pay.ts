import type { Company, Customer, GatewayAccount, OpenItem, Payment } from '#metadata/records.gen.ts';
import type { RecordValues, Work } from '#platform/kernel/module.ts';
import { definePublicPage } from '#platform/kernel/public-page.ts';
import { payTerms, toPay } from '../rules/pay-link.ts';

/** Where a customer sees what is outstanding of an invoice, and pays it by a gateway. At the simulated one they say themselves how it ends. */
export const pay = definePublicPage<OpenItem>({
  name: 'pay',
  object: 'open_item',
  terms: payTerms,
  commands: { pay: [], simulate: ['outcome'] },
  show: async (work, item) => {
    const company = await payeeOf(work, item);
    const customer = await work.get<Customer>('customer', item.customerId);
    const account = await offeredAccount(work, item);
    return {
      state: item.status === 'open' ? 'open' : 'paid',
      language: customer?.language ?? null,
      number: item.reference ?? null,
      company: company && taken(company, ['name', 'address', 'email', 'phone', 'vatNumber', 'iban', 'bic', 'bankName']),
      customer: customer?.name ?? null,
      currency: item.currency,
      date: item.date,
      dueDate: item.dueDate ?? null,
      total: item.amount,
      outstanding: item.open ?? item.amount,
      toPay: toPay(item, work.today(item.companyId ?? undefined)),
      isPaidHere: account !== null,
      payment: await lastPayment(work, item),
    };
  },
});

/** The account by which customers of the item's company pay; null where none is offered or has keys. */
export async function offeredAccount(work: Work, { companyId }: OpenItem): Promise<GatewayAccount | null> {
  const filter = { isOffered: true, keysSetAt: { isNull: false }, ...(companyId ? { companyId } : {}) };
  const [found] = await work.query<GatewayAccount>('gateway_account', { filter, sort: 'createdAt', limit: 1 });
  return found ?? null;
}

/** How the payment that was begun here last stands. */
async function lastPayment(work: Work, { id }: OpenItem): Promise<RecordValues | null> {
  const [last] = await work.query<Payment>('payment', { filter: { targetId: id }, sort: '-createdAt', limit: 1 });
  if (!last) return null;
  const account = last.gatewayAccountId ? await work.get<GatewayAccount>('gateway_account', last.gatewayAccountId) : null;
  const { status, amount, checkoutUrl } = last;
  return { status: status ?? null, amount, checkoutUrl: checkoutUrl ?? null, isSimulated: account?.provider === 'simulated' };
}

/** The company that is owed; where the item names none, the only one there is. */
async function payeeOf(work: Work, { companyId }: OpenItem): Promise<Company | null> {
  if (companyId) return work.get<Company>('company', companyId);
  const [first, ...others] = await work.query<Company>('company', { limit: 2 });
  return others.length === 0 ? (first ?? null) : null;
}

function taken(values: RecordValues, names: readonly string[]): RecordValues {
  return Object.fromEntries(names.map((name) => [name, values[name] ?? null]));
}
