import { setTimeout as sleep } from 'node:timers/promises';
import { exact, plain, type Exact } from '#platform/kernel/decimal.ts';
import { asList, asObject, type Client, type JsonObject } from '../client.ts';
import type { CsvRow, Northwind } from './files.ts';

const AT_ONCE = 4;
const PATIENCE_SECONDS = 60;
const TO_ORDER: Readonly<Record<string, string>> = {
  draft: 'submit',
  submitted: 'approve',
  approved: 'send',
  sent: 'accept',
  accepted: 'convert-to-order',
};

/**
 * Takes every loaded offer through approval and acceptance to a confirmed order, and what Northwind shipped through delivery note and invoice,
 * after receiving the stock that all of it needs. What is done already is left as it is, so that a run that was cut off can be run again.
 */
export async function runFlow(client: Client, northwind: Northwind): Promise<void> {
  const offers = await offersByKey(client, northwind);
  await giveRate(client);
  await receiveStock(client, northwind, offers);
  let done = 0;
  const waiting = [...northwind.orders];
  const work = async (): Promise<void> => {
    for (let row = waiting.shift(); row; row = waiting.shift()) {
      const order = await toOrder(client, String(offers.get(row['OrderID'] ?? '')?.['id']));
      if (isShipped(row)) await toInvoice(client, order);
      done += 1;
      if (process.stdout.isTTY) process.stdout.write(`\rFlow: ${done} of ${northwind.orders.length}`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  process.stdout.write(`\rFlow: ${done} orders, ${northwind.orders.filter(isShipped).length} of them shipped${' '.repeat(20)}\n`);
}

/** Northwind sells in dollars; where the books are kept in another currency, its documents need to know what a dollar is worth. */
async function giveRate(client: Client): Promise<void> {
  const { body } = await client.get('/api/platform/companies?fields=currency');
  const [company] = asList(body['items']);
  const baseCurrency = company?.['currency'];
  if (baseCurrency === 'USD') return;
  const rate = { currency: 'USD', baseCurrency, validFrom: '1996-01-01' };
  const known = await client.post('/api/accounting/exchange-rates/query', { filter: rate });
  if (asList(known.body['items']).length > 0) return;
  await client.post('/api/accounting/exchange-rates', { ...rate, inverseRate: '1.10', source: 'Northwind demo' });
}

/** Whether Northwind has shipped an order. */
export function isShipped(row: CsvRow): boolean {
  return Boolean(row['ShippedDate']) && row['ShippedDate'] !== 'NULL';
}

async function offersByKey(client: Client, northwind: Northwind): Promise<ReadonlyMap<string, JsonObject>> {
  const keys = northwind.orders.map((row) => row['OrderID'] ?? '');
  const found = new Map<string, JsonObject>();
  for (let start = 0; start < keys.length; start += 500) {
    const filter = { externalReference: { in: keys.slice(start, start + 500) } };
    const query = { filter, fields: 'id,externalReference,status,lines', limit: 500 };
    const { body } = await client.post('/api/offers/offers/query', query);
    for (const offer of asList(body['items'])) found.set(String(offer['externalReference']), offer);
  }
  return found;
}

/** Receives, of each product, what the offers that are not ordered yet need beyond what is available. */
async function receiveStock(client: Client, northwind: Northwind, offers: ReadonlyMap<string, JsonObject>): Promise<void> {
  const needed = new Map<string, Exact>();
  for (const row of northwind.orders) {
    const offer = offers.get(row['OrderID'] ?? '');
    if (!offer || offer['status'] === 'ordered') continue;
    for (const line of asList(offer['lines'])) {
      const product = String(line['productId']);
      needed.set(product, exact(String(line['quantity'])).plus(needed.get(product) ?? 0));
    }
  }
  const { body } = await client.get('/api/orders/warehouses?limit=1');
  const warehouse = String(asList(body['items'])[0]?.['id']);
  const stock = await client.get('/api/orders/stock-items?fields=productId,available&limit=1000');
  const available = new Map(asList(stock.body['items']).map((item) => [String(item['productId']), String(item['available'])]));
  const lacking = [...needed]
    .map(([productId, quantity]) => ({ productId, quantity: quantity.minus(available.get(productId) ?? '0') }))
    .filter(({ quantity }) => quantity.gt(0));
  for (const { productId, quantity } of lacking) {
    const input = { productId, quantity: plain(quantity), unitCost: '1', reference: 'Northwind' };
    await client.post(`/api/orders/warehouses/${warehouse}/actions/receive-stock`, input);
  }
  console.log(`Stock: ${lacking.length} products received`);
}

/** Moves an offer on until it is an order, and confirms that. Answers the order. */
async function toOrder(client: Client, offerId: string): Promise<JsonObject> {
  const path = `/api/offers/offers/${offerId}`;
  let { body: offer } = await client.get(path);
  for (let command = TO_ORDER[String(offer['status'])]; command; command = TO_ORDER[String(offer['status'])]) {
    const { body } = await client.post(`${path}/actions/${command}`, {});
    offer = asObject(body['record']);
  }
  const linked = offer['orderId'] ? offer : await present(client, path, (record) => Boolean(record['orderId']));
  const order = await present(client, `/api/orders/orders/${String(linked['orderId'])}`);
  if (order['status'] !== 'draft') return order;
  const { body } = await client.post(`/api/orders/orders/${String(order['id'])}/actions/confirm`, {});
  return asObject(body['record']);
}

/** Ships all of an order and invoices it. */
async function toInvoice(client: Client, order: JsonObject): Promise<void> {
  const path = `/api/orders/orders/${String(order['id'])}`;
  if (order['status'] === 'completed') return;
  const note = await documentOf(client, order, { path: '/api/delivery-notes/delivery-notes', make: 'create-delivery-note' });
  if (note['status'] === 'draft') await client.post(`/api/delivery-notes/delivery-notes/${String(note['id'])}/actions/ship`, {});
  await present(client, path, (record) => record['percentDelivered'] === '100.000000');
  const invoice = await documentOf(client, order, { path: '/api/invoices/invoices', make: 'create-invoice' });
  if (invoice['status'] === 'draft') await client.post(`/api/invoices/invoices/${String(invoice['id'])}/actions/issue`, {});
  await present(client, path, (record) => record['status'] === 'completed');
}

/** The document of an order that is there already, or a new one. */
async function documentOf(client: Client, order: JsonObject, how: { path: string; make: string }): Promise<JsonObject> {
  const { body } = await client.get(`${how.path}?filter[orderId]=${String(order['id'])}&limit=1`);
  const [known] = asList(body['items']);
  if (known) return known;
  const made = await client.post(`/api/orders/orders/${String(order['id'])}/actions/${how.make}`, {});
  return present(client, `${how.path}/${String(asList(made.body['created'])[0]?.['id'])}`);
}

/** A record once it is there and as wanted: what is made by events may be a moment late. */
async function present(client: Client, path: string, is: (record: JsonObject) => boolean = () => true): Promise<JsonObject> {
  const deadline = Date.now() + PATIENCE_SECONDS * 1000;
  for (;;) {
    const { status, body } = await client.get(path);
    if (status === 200 && is(body)) return body;
    if (Date.now() > deadline) throw new Error(`Not within ${PATIENCE_SECONDS} s: ${path}`);
    await sleep(20);
  }
}
