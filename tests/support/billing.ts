import { ask } from './books.ts';
import type { Installation } from './installation.ts';
import type { Sales } from './sales.ts';

/** Invoices of one line, at 19 % VAT. */
export type Billing = {
  readonly draft: (net: string, more?: object) => ReturnType<Sales['create']>;
  /** An issued one, by its path. */
  readonly issued: (net: string, more?: object) => Promise<string>;
  /** An issued one that is due since so many days; its open item is there. */
  readonly issuedBefore: (days: number, net?: string, customer?: { readonly id: string }) => Promise<string>;
};

const INVOICES = '/api/invoices/invoices';

/** Invoices of a customer in euros. */
export async function billingOf(installation: Installation, sales: Sales): Promise<Billing> {
  const adler: { readonly id: string } = await sales.create('/api/customers/customers', { name: 'Adler GmbH', currency: 'EUR' });
  const draft: Billing['draft'] = (net, more = {}) =>
    sales.create(INVOICES, {
      customerId: adler.id,
      lines: [{ description: 'Work', unitPrice: net, vatCategory: 'S', vatRate: '19' }],
      ...more,
    });
  const issued: Billing['issued'] = async (net, more = {}) => {
    const path = `${INVOICES}/${(await draft(net, more)).id}`;
    await sales.act(path, 'issue');
    return path;
  };
  const issuedBefore: Billing['issuedBefore'] = async (days, net = '100', customer = adler) => {
    const path = await issued(net, { customerId: customer.id });
    await sales.until(path, 'has its open item', ({ openItemId }) => Boolean(openItemId));
    await makePast(installation, path, days);
    return path;
  };
  return { draft, issued, issuedBefore };
}

/** Issued invoices have the day of their issue, whoever asks; so that time has passed, the database is told so: it is due since so many days. */
export async function makePast(installation: Installation, path: string, days: number): Promise<void> {
  const id = path.split('/').at(-1) ?? '';
  const sql = `begin; set local session_replication_role = replica;
    update records.invoice_instalment set due_date = current_date - ${days} where parent_id = '${id}';
    update records.invoice set date = date - ${days}, due_date = current_date - ${days}, next_due_date = current_date - ${days} where id = '${id}'; commit`;
  await ask(installation, 'invoices', sql);
}
