import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

type Choice = { readonly name: string; readonly options?: readonly { readonly key: string }[] };

/** The keys of a choice of a standard object. */
function keysOf(object: string, field: string): readonly string[] {
  const file = new URL(`../../../metadata/${object}/object.json`, import.meta.url);
  const { fields }: { readonly fields: readonly Choice[] } = JSON.parse(readFileSync(file, 'utf8'));
  return fields.find(({ name }) => name === field)?.options?.map(({ key }) => key) ?? [];
}

test('Every kind that documents come with has a name where postings show it', () => {
  const named = keysOf('accounting/posting', 'documentKind');
  // What settles an item is never an invoice.
  const settling = keysOf('payments/open_item', 'kind').filter((kind) => kind !== 'invoice');
  const kinds = [
    ...keysOf('invoices/invoice', 'kind'),
    ...keysOf('payments/payment', 'method'),
    ...keysOf('orders/stock_movement', 'kind'),
  ];
  assert.ok(kinds.length > 10);
  assert.deepEqual(
    [...kinds, ...settling, 'gateway'].filter((kind) => !named.includes(kind)),
    [],
  );
});
