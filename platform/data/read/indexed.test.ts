import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { wantedIndexes } from '../ddl/schema-plan.ts';
import { idOf, openFixture, type Fixture } from './fixture/deals.ts';
import { listRecords } from './list.ts';
import { parseListQuery } from './query.ts';
import type { ReadSource } from './source.ts';

/** What is asked for, and the definition of the index that is to find it. */
const CASES: readonly (readonly [name: string, filter: unknown, index: RegExp])[] = [
  ['a text', { name: 'Deal 17' }, /"name" collate/],
  ['one of some texts', { name: { in: ['Deal 17', 'Deal 18'] } }, /"name" collate/],
  ['a unique text', { email: 'deal17@example.com' }, /^\("email"\)/],
  ['a reference', { productId: idOf(201) }, /"product_id"\) .*is not null/],
  ['one of some references', { productId: { in: [idOf(201), idOf(202)] } }, /"product_id"\) .*is not null/],
];

suite('Among many records', () => {
  let fixture: Fixture;
  before(async () => {
    fixture = await openFixture();
    await fixture.run(`insert into records.deal (id, version, created_at, created_by, updated_at, updated_by, name, email, product_id)
      select gen_random_uuid(), 1, now(), 'user:x', now(), 'user:x', 'Deal ' || n, 'deal' || n || '@example.com', gen_random_uuid()
      from generate_series(1, 5000) as n`);
    await fixture.run('analyze records.deal');
  });
  after(() => fixture.close());

  for (const [name, filter, definition] of CASES)
    test(`${name} is found by its index`, async () => {
      const wanted = wantedIndexes(fixture.schema.schema).find(
        (index) => index.table.endsWith('"deal"') && definition.test(index.definition),
      );
      assert.ok(wanted, String(definition));
      assert.match(await planOf(fixture, filter), new RegExp(`(on|using) ${wanted.name} `));
    });
});

/** How PostgreSQL finds what a filter finds. */
async function planOf(fixture: Fixture, filter: unknown): Promise<string> {
  const source = fixture.source('seller');
  const deal = fixture.schema.byName.get('deal');
  assert.ok(deal);
  const lines: string[] = [];
  const explained: ReadSource['query'] = async ({ text, values }) => {
    lines.push(...(await source.query({ text: `explain ${text}`, values })).map(([line]) => line ?? ''));
    return source.query({ text, values });
  };
  await listRecords({ ...source, query: explained }, deal, parseListQuery({ fields: 'quantity', sort: 'quantity', filter }, 'body'));
  return lines.join('\n');
}
