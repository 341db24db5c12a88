import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { setUp, signIn, type Client } from '#tests/support/client.ts';
import { eventually } from '#tests/support/eventually.ts';
import { freePort } from '#tests/support/ports.ts';
import { endAll, startTessera, type Started } from './process.ts';
import { openSurroundings, skip, type Surroundings } from './surroundings.ts';

const ROWS = 3_000;
const CUSTOMERS = '/api/customers/customers';

describe('An import whose process is killed', { skip }, () => {
  let surroundings: Surroundings;
  let tessera: Started;
  let url = '';
  let admin: Client;
  const start = async (): Promise<string> => {
    const { DATABASE_URL, DATABASE_PREFIX, TESSERA_SECRET } = surroundings.environment;
    tessera = startTessera([], {
      ...(DATABASE_URL === undefined ? {} : { DATABASE_URL }),
      ...(DATABASE_PREFIX === undefined ? {} : { DATABASE_PREFIX }),
      ...(TESSERA_SECRET === undefined ? {} : { TESSERA_SECRET }),
      PORT: new URL(url).port,
    });
    return tessera.ready;
  };
  before(async () => {
    surroundings = await openSurroundings();
    url = `http://127.0.0.1:${await freePort()}`;
    admin = await setUp(url, await start());
  });
  after(async () => {
    await endAll();
    await surroundings.cleanUp();
  });

  test('goes on where it was when the process starts again, and ends with each row once', async () => {
    const form = new FormData();
    const rows = Array.from({ length: ROWS }, (_, at) => `Row ${at},${at}@example.com`);
    form.append('file', new Blob([`name,email\n${rows.join('\n')}\n`], { type: 'text/csv' }), 'customers.csv');
    const sent = await fetch(`${url}${CUSTOMERS}/import`, {
      method: 'POST',
      headers: { authorization: `Bearer ${admin.token}` },
      body: form,
    });
    assert.equal(sent.status, 202);
    const { id } = await sent.json();
    const job = async () => (await admin.get(`/api/customers/jobs/${id}`)).body;
    const reached = await eventually('some rows', async () => {
      const { done } = await job();
      return done > 0 && Number(done);
    });
    assert.equal(await tessera.end('SIGKILL'), 'SIGKILL');
    assert.ok(reached < ROWS, `It was killed after ${reached} of ${ROWS} rows`);
    // Its lease is the dead process's; let it be over now instead of waiting for that.
    await surroundings.query('customers', 'update platform.job set lease_until = now() where id = $1', [id]);
    await start();
    admin = await signIn(url);
    await eventually('the end of the import', async () => (await job()).state === 'done', 60);
    const { result, errors } = await job();
    assert.deepEqual([result.rows, result.created, result.refused, errors], [ROWS, ROWS, 0, []]);
    const [counted] = await surroundings.query(
      'customers',
      `select count(*)::int as rows, count(distinct name)::int as names, count(distinct number)::int as numbers,
        (select count(*)::int from platform.outbox where type = 'CustomerCreated') as events from records.customer`,
    );
    assert.deepEqual(counted, { rows: ROWS, names: ROWS, numbers: ROWS, events: ROWS });
  });
});
