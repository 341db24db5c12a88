import { asList, connect, type Client } from '../client.ts';
import { readNorthwind, type Northwind } from './files.ts';
import { isShipped, runFlow } from './flow.ts';
import { totalsOfFiles } from './totals.ts';

const DOCUMENTS = [
  { label: 'Orders', path: '/api/orders/orders', amount: 'netTotal', status: 'draft' },
  { label: 'Delivery notes', path: '/api/delivery-notes/delivery-notes', amount: null, status: 'draft' },
  { label: 'Invoices', path: '/api/invoices/invoices', amount: 'netTotal', status: 'draft' },
] as const;

/** Takes the loaded offers through to their invoices, and says whether counts, totals and numbers are what the files say. */
export async function takeThrough(options: { readonly data: string; readonly url: string; readonly token: string }): Promise<boolean> {
  const files = readNorthwind(options.data);
  const client = connect(options.url.replace(/\/$/, ''), options.token);
  await runFlow(client, files);
  return flowAgrees(client, files);
}

/** Compares counts and totals with the files, and looks for gaps in the numbers. Says what it finds; true when all agrees. */
async function flowAgrees(client: Client, northwind: Northwind): Promise<boolean> {
  const shipped = { ...northwind, orders: northwind.orders.filter(isShipped) };
  const expected = [northwind, shipped, shipped].map((part) => ({ count: part.orders.length, net: totalsOfFiles(part).rounded }));
  const agree = await Promise.all(DOCUMENTS.map((kind, index) => agrees(client, kind, expected[index] ?? { count: 0, net: '0' })));
  return agree.every(Boolean);
}

async function agrees(client: Client, kind: (typeof DOCUMENTS)[number], expected: { count: number; net: string }): Promise<boolean> {
  const filter = { status: { nin: [kind.status, 'cancelled'] } };
  const metrics = [{ fn: 'count', as: 'count' }, ...(kind.amount ? [{ fn: 'sum', field: kind.amount, as: 'net' }] : [])];
  const { body } = await client.post(`${kind.path}/aggregate`, { metrics, filter });
  const [found = {}] = asList(body['items']);
  const gaps = gapsOf(await numbersOf(client, kind.path));
  const isSame = Number(found['count']) === expected.count && (kind.amount === null || String(found['net']) === expected.net);
  const net = kind.amount ? `, ${String(found['net'])} USD here, ${expected.net} USD from the files` : '';
  console.log(
    `${kind.label}: ${String(found['count'])} here, ${expected.count} expected${net}; ${gaps === 0 ? 'no gap in the numbers' : `${gaps} GAPS`}`,
  );
  return isSame && gaps === 0;
}

async function numbersOf(client: Client, path: string): Promise<readonly string[]> {
  const numbers: string[] = [];
  let cursor: string | null = null;
  do {
    const next: string = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const { body } = await client.get(`${path}?fields=number&filter[number][isNull]=false&sort=number&limit=1000${next}`);
    numbers.push(...asList(body['items']).map((item) => String(item['number'])));
    cursor = typeof body['next'] === 'string' ? body['next'] : null;
  } while (cursor);
  return numbers;
}

/** How many steps from one number of a series to the next are not by one. */
function gapsOf(numbers: readonly string[]): number {
  const series = Map.groupBy(numbers, (number) => number.slice(0, number.lastIndexOf('-')));
  return [...series.values()].reduce((gaps, group) => {
    const drawn = group.map((number) => Number(number.slice(number.lastIndexOf('-') + 1))).toSorted((a, b) => a - b);
    return gaps + drawn.filter((number, index) => number !== index + 1).length;
  }, 0);
}
