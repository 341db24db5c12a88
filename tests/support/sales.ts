import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Answer, Client } from './client.ts';
import { eventually } from './eventually.ts';

/** Whatever a record holds: tests look into answers as they come. */
type Body = Answer['body'];

/** The sales flow as one caller sees it: each call is expected to succeed and answers the record. */
export type Sales = {
  readonly client: Client;
  readonly create: (path: string, record: unknown) => Promise<Body>;
  /** A record, as soon as it is there: documents that are made by events may be a moment late. */
  readonly read: (path: string) => Promise<Body>;
  /** The record, once it is as described. */
  readonly until: (path: string, what: string, is: (record: Body) => boolean) => Promise<Body>;
  /** Carries out a command; answers `{record, created}`. */
  readonly act: (path: string, command: string, input?: unknown) => Promise<Body>;
  /** A call that asks again while the answer is 503: so many at once may have to wait for a connection. Answers whatever comes then. */
  readonly patiently: (path: string, body: unknown) => Promise<Answer>;
  /** Carries out a command that is refused; answers the problem. */
  readonly refused: (path: string, command: string, input?: unknown) => Promise<Body>;
};

/** The collection in which a created document lies. */
const COLLECTIONS: Readonly<Record<string, string>> = {
  order: '/api/orders/orders',
  delivery_note: '/api/delivery-notes/delivery-notes',
  invoice: '/api/invoices/invoices',
  credit_note: '/api/invoices/credit-notes',
  return_note: '/api/delivery-notes/return-notes',
  stock_item: '/api/orders/stock-items',
};

const ATTEMPTS_MAX = 20;

/** The path of what a command made. */
export function pathOf(created: readonly { object: string; id: string }[]): string {
  const [first] = created;
  assert.ok(first, 'the command made nothing');
  return `${COLLECTIONS[first.object] ?? ''}/${first.id}`;
}

/** The sales flow as this client sees it. */
export function salesOf(client: Client): Sales {
  const read = (path: string): Promise<Body> =>
    eventually(path, async () => {
      const answer = await client.get(path);
      if (answer.status !== 404) assert.equal(answer.status, 200, JSON.stringify(answer.body));
      return answer.status === 200 && answer.body;
    });
  const patiently = async (path: string, body: unknown): Promise<Answer> => {
    for (let attempt = 1; ; attempt += 1) {
      const answer = await client.post(path, body);
      if (answer.status !== 503 || attempt === ATTEMPTS_MAX) return answer;
      await sleep(200 * attempt);
    }
  };
  const post = async (path: string, body: unknown, status: number): Promise<Body> => {
    const answer = await patiently(path, body);
    assert.equal(answer.status, status, `${path} ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  return {
    client,
    read,
    patiently,
    create: (path, record) => post(path, record, 201),
    until: (path, what, is) =>
      eventually(`${path} ${what}`, async () => {
        const { body, status } = await client.get(path);
        return status === 200 && is(body) && body;
      }),
    act: (path, command, input = {}) => post(`${path}/actions/${command}`, input, 200),
    refused: async (path, command, input = {}) => {
      const answer = await client.post(`${path}/actions/${command}`, input);
      assert.ok(
        answer.status >= 400 && answer.status < 500,
        `${path} ${command} answered ${answer.status}: ${JSON.stringify(answer.body)}`,
      );
      return answer.body;
    },
  };
}

/** What every flow begins with: a warehouse, a customer, and products at 10.00 of which so many are in stock. */
export async function stocked(sales: Sales, quantities: Readonly<Record<string, string>>): Promise<Start> {
  const warehouse = await eventually('the first warehouse', async () => {
    const { body } = await sales.client.get('/api/orders/warehouses');
    return body.items?.[0];
  });
  const customer = await sales.create('/api/customers/customers', {
    name: 'Adler GmbH',
    billingAddress: { street: 'Ring 1', city: 'Bonn', country: 'DE' },
  });
  const products: Record<string, string> = {};
  for (const [name, quantity] of Object.entries(quantities)) {
    const product = await sales.create('/api/offers/products', { name, listPrice: '10.00', unit: 'piece' });
    products[name] = product.id;
    if (quantity !== '0')
      await sales.act(`/api/orders/warehouses/${warehouse.id}`, 'receive-stock', { productId: product.id, quantity, unitCost: '6.00' });
  }
  return { warehouse, customer, products };
}

/** What `stocked` made; products by name, as ids. */
export type Start = { readonly warehouse: Body; readonly customer: Body; readonly products: Readonly<Record<string, string>> };

/** An accepted offer of so many of each product. */
export async function acceptedOffer(sales: Sales, start: Start, quantities: Readonly<Record<string, string>>): Promise<string> {
  const lines = Object.entries(quantities).map(([name, quantity]) => ({ productId: start.products[name], quantity }));
  const offer = await sales.create('/api/offers/offers', { customerId: start.customer.id, lines });
  const path = `/api/offers/offers/${offer.id}`;
  for (const command of ['submit', 'send', 'accept']) await sales.act(path, command);
  return path;
}

/** A confirmed order of so many of each product. */
export async function confirmedOrder(sales: Sales, start: Start, quantities: Readonly<Record<string, string>>): Promise<string> {
  const lines = Object.entries(quantities).map(([name, quantity]) => ({ productId: start.products[name], quantity }));
  const order = await sales.create('/api/orders/orders', { customerId: start.customer.id, lines });
  const path = `/api/orders/orders/${order.id}`;
  await sales.act(path, 'confirm');
  return path;
}
