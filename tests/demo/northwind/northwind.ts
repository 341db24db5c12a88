import { asList, connect, type Client } from '../client.ts';
import { define } from './definitions.ts';
import { readNorthwind, type Northwind } from './files.ts';
import { load } from './load.ts';
import { contactOf, customerOf, offerOf, productOf } from './records.ts';
import { totalsOfFiles } from './totals.ts';

/** Defines what is missing, loads what is missing, and says whether the totals here are those of the files. Throws a sentence for what keeps it from it. */
export async function loadNorthwind(options: { readonly data: string; readonly url: string; readonly token: string }): Promise<boolean> {
  const files = readNorthwind(options.data);
  const client = connect(options.url.replace(/\/$/, ''), options.token);
  console.log(`Definitions: ${await define(client)} new`);
  await loadAll(client, files);
  return totalsAgree(client, files);
}

async function loadAll(api: Client, northwind: Northwind): Promise<void> {
  const keyed = (rows: Northwind['orders'], column: string, make: (row: Northwind['orders'][number]) => Record<string, unknown>) =>
    rows.map((row) => ({ key: row[column] ?? '', values: make(row) }));
  const categories = await load(
    api,
    { path: '/api/offers/categories', by: 'code', label: 'Categories' },
    keyed(northwind.categories, 'CategoryID', (row) => ({
      name: row['CategoryName'],
      description: row['Description'],
    })),
  );
  const suppliers = await load(
    api,
    { path: '/api/offers/suppliers', by: 'code', label: 'Suppliers' },
    keyed(northwind.suppliers, 'SupplierID', (row) => ({
      name: row['CompanyName'],
      contactName: row['ContactName'],
      city: row['City'],
      country: row['Country'],
    })),
  );
  const products = await load(
    api,
    { path: '/api/offers/products', by: 'sku', label: 'Products' },
    keyed(northwind.products, 'ProductID', (row) => productOf(row, { categories, suppliers })),
  );
  const customers = await load(
    api,
    { path: '/api/customers/customers', by: 'externalReference', label: 'Customers' },
    keyed(northwind.customers, 'CustomerID', customerOf),
  );
  await loadContacts(api, northwind, customers);
  await load(
    api,
    { path: '/api/offers/offers', by: 'externalReference', label: 'Offers' },
    keyed(northwind.orders, 'OrderID', (row) => offerOf(row, northwind.lines.get(row['OrderID'] ?? '') ?? [], { customers, products })),
  );
}

async function loadContacts(api: Client, northwind: Northwind, customers: ReadonlyMap<string, string>): Promise<void> {
  const { body } = await api.get('/api/customers/contacts?fields=name,customerId&limit=1000');
  const known = new Set(asList(body['items']).map((contact) => `${String(contact['customerId'])} ${String(contact['name'])}`));
  const contacts = northwind.customers.map((row) => contactOf(row, customers.get(row['CustomerID'] ?? '') ?? ''));
  const missing = contacts.filter((contact) => !known.has(`${String(contact['customerId'])} ${String(contact['name'])}`));
  if (missing.length > 0)
    await api.post('/api/customers/contacts/bulk', {
      atomic: true,
      operations: missing.map((record) => ({ op: 'create', record })),
    });
  console.log(`Contacts: ${contacts.length} (${missing.length} new)`);
}

async function totalsAgree(api: Client, northwind: Northwind): Promise<boolean> {
  const expected = totalsOfFiles(northwind);
  const filter = { externalReference: { in: northwind.orders.map((order) => order['OrderID']) } };
  const { body } = await api.post('/api/offers/offers/aggregate', {
    metrics: [
      { fn: 'count', as: 'offers' },
      { fn: 'sum', field: 'netTotal', as: 'net' },
    ],
    filter,
  });
  const found = asList(body['items'])[0] ?? {};
  const lines = await countLines(api, filter);
  const isWhole = Number(found['offers']) === northwind.orders.length && lines === expected.lines;
  const agree = isWhole && String(found['net']) === expected.rounded;
  console.log(
    `Offers: ${String(found['offers'])} here, ${northwind.orders.length} in the files; lines: ${lines} here, ${expected.lines} in the files`,
  );
  console.log(
    `Net total: ${String(found['net'])} USD here, ${expected.rounded} USD from the files (discount and line rounded half up to cents; unrounded ${expected.unrounded})`,
  );
  console.log(agree ? 'The totals agree.' : 'The totals do NOT agree.');
  return agree;
}

async function countLines(api: Client, filter: unknown): Promise<number> {
  const { body } = await api.post('/api/offers/offers/query', { filter, fields: 'lines', limit: 1000 });
  return asList(body['items']).reduce((sum, offer) => sum + asList(offer['lines']).length, 0);
}
