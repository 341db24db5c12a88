import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { Refusal } from '#platform/kernel/errors.ts';
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

suite('Groups by parts of the calendar', () => {
  test('days and instants make groups by parts of the calendar, instants by the days of the caller', async () => {
    const days: readonly (readonly [due: string | null, sentAt: string])[] = [
      ['2025-12-31', '2025-12-31T09:59:00Z'],
      ['2026-01-01', '2025-12-31T10:00:00Z'],
      ['2026-03-31', '2026-03-31T10:00:00Z'],
      [null, '2026-04-01T00:00:00Z'],
    ];
    for (const [at, [due, sentAt]] of days.entries())
      await insert(fixture, 'records.deal', {
        id: idOf(700 + at),
        name: 'dated',
        amount: '1',
        due,
        sent_at: sentAt,
        customer_id: idOf(101),
      });
    const by = async (group: string, more: object = {}): Promise<unknown> =>
      JSON.parse(
        await aggregateRecords(fixture.source('seller'), deal, {
          groupBy: [group],
          metrics: [{ fn: 'count', as: 'n' }],
          filter: { name: 'dated' },
          ...more,
        }),
      ).items.map((item: { readonly [name: string]: unknown }) => [item[group], item['n']]);
    const nobody = [null, 1];
    assert.deepEqual(await by('due:day'), [['2025-12-31', 1], ['2026-01-01', 1], ['2026-03-31', 1], nobody]);
    assert.deepEqual(await by('due:week'), [['2025-12-29', 2], ['2026-03-30', 1], nobody]);
    assert.deepEqual(await by('due:month'), [['2025-12-01', 1], ['2026-01-01', 1], ['2026-03-01', 1], nobody]);
    assert.deepEqual(await by('due:quarter'), [['2025-10-01', 1], ['2026-01-01', 2], nobody]);
    assert.deepEqual(await by('due:year'), [['2025-01-01', 1], ['2026-01-01', 2], nobody]);
    // Kiritimati is fourteen hours ahead: its new year begins at ten in the morning of UTC.
    assert.deepEqual(await by('sentAt:month'), [
      ['2025-12-01', 1],
      ['2026-01-01', 1],
      ['2026-04-01', 2],
    ]);
    assert.deepEqual(await by('sentAt:year', { sort: ['-sentAt:year'], having: { 'sentAt:year': { gte: '2026-01-01' } } }), [
      ['2026-01-01', 3],
    ]);
    assert.deepEqual(await by('customer.since:year'), [['2020-01-01', 4]]);
    const nested = await aggregateRecords(fixture.source('seller'), deal, {
      groupBy: ['due:year', 'due:month'],
      metrics: [{ fn: 'sum', field: 'amount', as: 'sum' }],
      filter: { name: 'dated', due: { isNull: false } },
      sort: ['-due:year', 'due:month'],
      limit: 2,
    });
    assert.equal(
      nested,
      '{"items":[{"due:year":"2026-01-01","due:month":"2026-01-01","sum":"1"},{"due:year":"2026-01-01","due:month":"2026-03-01","sum":"1"}]}',
    );
    await fixture.run("delete from records.deal where name = 'dated'");
  });

  test('a group that is none is refused by the name of its field', async () => {
    const wrong: readonly (readonly [group: string, code: string, field: string | undefined])[] = [
      ['due:decade', 'malformed_request', 'due'],
      ['due:', 'malformed_request', 'due'],
      ["due:month')); drop table records.deal; --", 'malformed_request', 'due'],
      ['due:month:year', 'malformed_request', 'due'],
      ['name:month', 'malformed_request', 'name'],
      ['extra:month', 'malformed_request', 'extra'],
      ['duue:month', 'unknown_name', undefined],
      [':month', 'unknown_name', undefined],
      ['customer.rating:year', 'unknown_name', undefined],
      ['secret:month', 'unknown_name', undefined],
    ];
    for (const [group, code, field] of wrong)
      await assert.rejects(aggregateRecords(fixture.source('seller'), deal, { groupBy: ['stage', group] }), (error: unknown) => {
        assert.ok(error instanceof Refusal, group);
        assert.equal(error.code, code, group);
        assert.equal(error.details.errors?.[0]?.field, field, group);
        assert.equal(error.details.errors?.[0]?.pointer, field && '/groupBy/1', group);
        return true;
      });
  });
});
