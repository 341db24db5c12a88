import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import pg from 'pg';
import { eventually } from '#tests/support/eventually.ts';
import { startInstallation, type Installation } from '#tests/support/installation.ts';
import { needed, skipReason, testDatabaseUrl } from '#tests/support/services.ts';

const database = testDatabaseUrl();
const RESEND = '/api/customers/outbox/actions/resend';

describe('Sending events again', { skip: skipReason(database) }, () => {
  let installation: Installation;
  let offers: pg.Client;
  const ids: string[] = [];
  const since = new Date().toISOString();
  before(async () => {
    installation = await startInstallation();
    const connectionString = Object.assign(new URL(needed(database)), { pathname: `/${installation.databasePrefix}offers` }).href;
    offers = new pg.Client({ connectionString });
    await offers.connect();
    for (const name of ['Adler', 'Zimmer', 'Berg']) ids.push((await installation.admin.post('/api/customers/customers', { name })).body.id);
    await eventually('the mirror', async () => (await mirrored()).length === 3);
  });
  after(async () => {
    await offers.end();
    await installation.stop();
  });

  const mirrored = async (): Promise<readonly string[]> =>
    (await offers.query(`select data ->> 'name' as name from mirror.customer order by 1`)).rows.map(({ name }) => String(name));
  /** As if the service had never had the event of a customer, and so knew nothing of them. */
  const forget = async (id: string | undefined): Promise<void> => {
    await offers.query('delete from mirror.customer where id = $1', [id]);
    await offers.query(`delete from platform.inbox where consumer = 'offers/mirror' and event_id = any($1)`, [await eventsAbout(id)]);
  };
  const eventsAbout = async (id: string | undefined): Promise<readonly string[]> => {
    const { body } = await installation.admin.get(`/api/customers/customers/${id}/history`);
    return body.items.map(({ eventId }: { eventId: string }) => eventId);
  };
  const resend = async (body: object): Promise<{ state: string; done: number }> => {
    const asked = await installation.admin.post(RESEND, body);
    assert.equal(asked.status, 202, JSON.stringify(asked.body));
    assert.equal(asked.headers.get('location'), `/api/customers/jobs/${asked.body.id}`);
    return eventually('the job', async () => {
      const { body: job } = await installation.admin.get(`/api/customers/jobs/${asked.body.id}`);
      return ['done', 'failed'].includes(job.state) && job;
    });
  };

  test('what a service has lost comes back, and what it had is not handled twice', async () => {
    await forget(ids[0]);
    await offers.query(`update mirror.customer set data = '{"name":"as it was"}' where id = $1`, [ids[1]]);
    const job = await resend({ since });
    assert.equal(job.state, 'done');
    assert.ok(job.done >= 3, 'all since then');
    assert.deepEqual(await mirrored(), ['Adler', 'Berg', 'as it was']);
  });

  test('only since then, and only to the service that is named', async () => {
    await forget(ids[2]);
    assert.equal((await resend({ since, consumer: 'orders' })).state, 'done');
    assert.equal((await resend({ since: new Date(Date.now() + 600_000).toISOString(), consumer: 'offers' })).done, 0);
    assert.deepEqual(await mirrored(), ['Adler', 'as it was']);
    assert.equal((await resend({ since, consumer: 'offers' })).state, 'done');
    assert.deepEqual(await mirrored(), ['Adler', 'Berg', 'as it was']);
  });

  for (const [body, status, field] of [
    [{}, 422, 'since'],
    [{ since: 'yesterday' }, 422, 'since'],
    [{ since: '2026-13-31T00:00:00Z' }, 422, 'since'],
    [{ since, consumer: 'nobody' }, 422, 'consumer'],
    [{ since, consumers: 'offers' }, 400, 'consumers'],
  ] as const)
    test(`refuses ${JSON.stringify(body).slice(0, 50)}`, async () => {
      const refused = await installation.admin.post(RESEND, body);
      assert.deepEqual([refused.status, refused.body.errors[0].field], [status, field]);
    });

  test('is for administrators', async () => {
    const anybody = await fetch(`${installation.url}${RESEND}`, { method: 'POST', body: JSON.stringify({ since }) });
    assert.equal(anybody.status, 401);
  });
});
