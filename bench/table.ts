/** The table that both servers serve: where it is, and its fields with their physical columns. */
export type BenchTable = {
  readonly url: string;
  readonly table: string;
  readonly port: number;
  readonly fields: readonly { readonly name: string; readonly column: string; readonly schema: unknown }[];
};

const NUMBER = { type: ['string', 'number'] } as const;

/** The eighteen fields of the measured object, in the words of the metadata API, with the schema a hand-written service would use. */
export const BENCH_FIELDS = [
  { name: 'name', type: 'text', required: true, schema: { type: 'string', maxLength: 255 }, sql: "'Item ' || n" },
  { name: 'code', type: 'text', schema: { type: 'string', maxLength: 255 }, sql: "'K-' || n" },
  {
    name: 'category',
    type: 'text',
    indexed: true,
    schema: { type: 'string', maxLength: 255 },
    sql: "'category ' || n % 50",
  },
  { name: 'position', type: 'integer', indexed: true, schema: { type: 'integer' }, sql: 'n' },
  { name: 'quantity', type: 'integer', schema: { type: 'integer' }, sql: 'n % 1000' },
  { name: 'price', type: 'money', scale: 2, schema: NUMBER, sql: '(n % 10000) / 100.0' },
  { name: 'weight', type: 'decimal', scale: 3, schema: NUMBER, sql: '(n % 777) / 1000.0' },
  { name: 'discount', type: 'percent', scale: 1, schema: NUMBER, sql: '(n % 200) / 10.0' },
  { name: 'active', type: 'boolean', schema: { type: 'boolean' }, sql: 'n % 2 = 0' },
  { name: 'orderedOn', type: 'date', schema: { type: 'string' }, sql: "date '2026-01-01' + n % 365" },
  {
    name: 'shippedAt',
    type: 'dateTime',
    schema: { type: 'string' },
    sql: "timestamptz '2026-01-01' + n * interval '1 minute'",
  },
  { name: 'mail', type: 'email', schema: { type: 'string' }, sql: "'p' || n || '@example.com'" },
  { name: 'site', type: 'url', schema: { type: 'string' }, sql: "'https://example.com/' || n" },
  {
    name: 'color',
    type: 'select',
    options: ['red', 'green', 'blue'],
    schema: { enum: ['red', 'green', 'blue'] },
    sql: "(array['red','green','blue'])[n % 3 + 1]",
  },
  { name: 'note', type: 'longText', schema: { type: 'string' }, sql: "'A note of some length about item ' || n" },
  { name: 'origin', type: 'text', schema: { type: 'string', maxLength: 255 }, sql: "'Berlin'" },
  { name: 'reference', type: 'uuid', schema: { type: 'string' }, sql: 'gen_random_uuid()' },
  { name: 'checked', type: 'boolean', schema: { type: 'boolean' }, sql: 'true' },
] as const;

/** A record of the measured object; `n` makes it different from the others. */
export function benchRecord(n: number): Record<string, unknown> {
  return {
    name: `Item ${n}`,
    code: `K-${n}`,
    category: `category ${n % 50}`,
    position: n,
    quantity: n % 1000,
    price: '12.50',
    weight: '0.125',
    discount: '2.5',
    active: true,
    orderedOn: '2026-02-03',
    shippedAt: '2026-02-03T04:05:06.000Z',
    mail: `p${n}@example.com`,
    site: `https://example.com/${n}`,
    color: 'green',
    note: 'A note of some length',
    origin: 'Berlin',
    reference: '01890a5d-ac96-774b-bcce-b302099a8057',
    checked: true,
  };
}
