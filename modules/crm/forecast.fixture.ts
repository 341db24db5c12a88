import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { endOfMonth } from '#platform/kernel/dates.ts';
import { runScheduled } from '#tests/support/scheduled.ts';
import { skip, world } from './world.fixture.ts';

type Row = { readonly month: string; readonly [column: string]: unknown };

async function report(name: string, query = ''): Promise<readonly Row[]> {
  const answer = await world().manager.get(`/api/crm/reports/${name}?${query}`);
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
  return answer.body.rows;
}

describe('What is to be expected', { skip }, () => {
  test('The forecast has each opportunity once, won at what it brings, lost never, beside what was aimed at', async () => {
    const { manager, sales, customerId } = world();
    const month = '2031-05';
    const add = async (values: Readonly<Record<string, unknown>>): Promise<string> => {
      const made = await sales.post('/api/crm/opportunities', { name: 'Forecast', customerId, expectedCloseOn: `${month}-10`, ...values });
      return made.body.id;
    };
    await add({ amount: '1000', probability: '50' });
    await add({ amount: '400', probability: '90', forecastCategory: 'commit' });
    await add({ amount: '7000', forecastCategory: 'omitted' });
    const lost = await add({ amount: '9000' });
    await sales.post(`/api/crm/opportunities/${lost}/actions/lose`, { lostReason: 'price' });
    const target = await manager.post('/api/crm/sales-targets', {
      startsOn: `${month}-01`,
      endsOn: endOfMonth(`${month}-01`),
      amount: '2000',
    });
    assert.equal(target.status, 201, JSON.stringify(target.body));
    const rows = await report('forecast', `from=${month}-01&until=${month}-31&by=owner`);
    const picked = rows.map((row) => [
      row.month,
      row['won'],
      row['commit'],
      row['bestCase'],
      row['pipeline'],
      row['forecast'],
      row['target'],
    ]);
    assert.deepEqual(picked, [
      [month, '0.00', '400.00', '400.00', '1400.00', '860.00', '2000.00'],
      ['The sales', '0.00', '400.00', '400.00', '1400.00', '860.00', null],
    ]);
  });
});

describe('What was expected', { skip }, () => {
  test('What is expected is kept once a day, and held against what was won', async () => {
    const { sales, customerId } = world();
    const { body: made } = await sales.post('/api/crm/opportunities', {
      name: 'Kept',
      customerId,
      amount: '100',
      expectedCloseOn: '2031-06-10',
    });
    await runScheduled(world().installation, 'crm', 'takeSnapshot');
    await runScheduled(world().installation, 'crm', 'takeSnapshot');
    const filter = encodeURIComponent(JSON.stringify({ month: '2031-06-01' }));
    const kept = (await sales.get(`/api/crm/forecast-snapshots?filter=${filter}`)).body.items;
    assert.deepEqual(
      kept.map(({ pipeline, forecast, deals, personId }: Row) => [pipeline, forecast, deals, personId === made.ownerId]),
      [['100.00', '10.00', 1, true]],
    );
    const [row] = await report('forecast-accuracy', 'from=2031-06-01&until=2031-06-30');
    assert.deepEqual(
      [row?.month, row?.['forecast'], row?.['won'], row?.['difference'], row?.['attained']],
      ['2031-06', '10.00', '0.00', '-10.00', '0.0'],
    );
  });
});
