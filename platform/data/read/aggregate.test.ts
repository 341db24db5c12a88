import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import type { ObjectDefinition } from '#platform/kernel/model.ts';
import { aggregateRecords } from './aggregate.ts';
import { idOf, insert, openFixture, type Fixture } from './fixture/deals.ts';
import { fillOneDeal } from './fixture/one-deal.ts';

let fixture: Fixture;
let deal: ObjectDefinition;
before(async () => {
  fixture = await openFixture();
  const found = fixture.schema.byName.get('deal');
  assert.ok(found);
  deal = found;
  await fillOneDeal(fixture);
});
after(() => fixture.close());

suite('Aggregates', () => {
  test('aggregates: groups, figures, having and sort', async () => {
    for (const [at, amount] of ['10.00', '20.00', '-1.5'].entries())
      await insert(fixture, 'records.deal', {
        id: idOf(600 + at),
        name: 'agg',
        stage: at === 2 ? 'won' : 'sent',
        amount,
        quantity: at,
        product_id: at === 0 ? idOf(201) : null,
        due: `2026-01-0${at + 1}`,
      });
    const run = (body: unknown) => aggregateRecords(fixture.source('seller'), deal, body);
    const filter = { name: 'agg' };
    assert.equal(
      await run({
        groupBy: ['stage'],
        metrics: [
          { fn: 'count', as: 'n' },
          { fn: 'sum', field: 'amount', as: 'total' },
          { fn: 'avg', field: 'amount', as: 'mean' },
          { fn: 'sum', field: 'quantity', as: 'pieces' },
          { fn: 'max', field: 'due', as: 'last' },
        ],
        filter,
      }),
      '{"items":[{"stage":"sent","n":2,"total":"30.00","mean":"15","pieces":1,"last":"2026-01-02"},{"stage":"won","n":1,"total":"-1.5","mean":"-1.5","pieces":2,"last":"2026-01-03"}]}',
    );
    assert.equal(
      await run({ groupBy: ['product.name'], metrics: [{ fn: 'count' }], filter, sort: ['-count'] }),
      '{"items":[{"product.name":null,"count":2},{"product.name":"Hammer","count":1}]}',
    );
    assert.equal(
      await run({
        groupBy: ['stage'],
        metrics: [{ fn: 'sum', field: 'amount', as: 't' }],
        having: { t: { lt: 0 } },
        filter,
      }),
      '{"items":[{"stage":"won","t":"-1.5"}]}',
    );
    assert.equal(
      await run({ metrics: [{ fn: 'min', field: 'name', as: 'first' }], filter: { stage: 'none' } }).catch((error: Error) => error.message),
      'stage has no option none. Did you mean won.',
    );
    assert.equal(await run({ metrics: [{ fn: 'sum', field: 'amount' }], filter: { name: 'nobody' } }), '{"items":[{"sum_amount":null}]}');
    await fixture.run("delete from records.deal where name = 'agg'");
    const wrong: readonly (readonly [unknown, string])[] = [
      [{}, 'malformed_request'],
      [{ group: [] }, 'unknown_name'],
      [{ groupBy: ['amonut'] }, 'unknown_name'],
      [{ groupBy: ['extra'] }, 'malformed_request'],
      [{ metrics: [{ fn: 'median', field: 'amount' }] }, 'malformed_request'],
      [{ metrics: [{ fn: 'sum', field: 'name' }] }, 'malformed_request'],
      [{ metrics: [{ fn: 'sum' }] }, 'malformed_request'],
      [{ metrics: [{ fn: 'count', as: 'x"; drop' }] }, 'malformed_request'],
      [{ metrics: [{ fn: 'count', as: '__proto__' }] }, 'malformed_request'],
      [{ metrics: [{ fn: 'count', as: 'n' }], having: { m: 1 } }, 'unknown_name'],
      [{ metrics: [{ fn: 'count', as: 'n' }], sort: ['m'] }, 'unknown_name'],
      [
        {
          metrics: [
            { fn: 'count', as: 'n' },
            { fn: 'count', as: 'n' },
          ],
        },
        'malformed_request',
      ],
    ];
    for (const [body, code] of wrong) await assert.rejects(run(body), { code }, JSON.stringify(body));
  });
});
