import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import pg from 'pg';
import { eventually } from '#tests/support/eventually.ts';
import { startInstallation, type Installation } from '#tests/support/installation.ts';
import { needed, skipReason, testDatabaseUrl } from '#tests/support/services.ts';

const database = testDatabaseUrl();
const EVENTS = '/api/audit/events';

describe('The event store', { skip: skipReason(database) }, () => {
  let installation: Installation;
  let owner: pg.Client;
  let customer: { id: string };
  before(async () => {
    installation = await startInstallation();
    owner = await connected('audit');
    customer = (await installation.admin.post('/api/customers/customers', { name: 'Adler' })).body;
    await installation.admin.patch(`/api/customers/customers/${customer.id}`, { name: 'Adler & Söhne' });
    await eventually('both events', async () => (await about(customer.id)).length === 2);
  });
  after(async () => {
    await owner?.end();
    await installation?.stop();
  });

  const connected = async (service: string): Promise<pg.Client> => {
    const url = Object.assign(new URL(needed(database)), { pathname: `/${installation.databasePrefix}${service}` });
    const client = new pg.Client({ connectionString: url.href });
    await client.connect();
    return client;
  };
  const about = async (id: string) => (await installation.admin.get(`${EVENTS}?filter[record]=${id}`)).body.items;
  const rows = async (text: string, values: readonly unknown[] = []) => (await owner.query(text, [...values])).rows;

  test('has what happened to a record, newest first, with what each event carries', async () => {
    const [changed, created] = await about(customer.id);
    assert.deepEqual(
      [changed.type, created.type, created.source, created.subject],
      ['CustomerUpdated', 'CustomerCreated', '/customers', `customer/${customer.id}`],
    );
    assert.equal(changed.data.changed.name.old, 'Adler');
    assert.match(changed.actor, /^user:/);
    assert.ok(BigInt(changed.position) > BigInt(created.position));
  });

  test('has every event of every service once, also when all are sent again', async () => {
    for (const service of ['customers', 'platform', 'invoices']) {
      const asked = await installation.admin.post(`/api/${service}/outbox/actions/resend`, {
        since: '2000-01-01T00:00:00Z',
        consumer: 'audit',
      });
      await eventually('the job', async () => (await installation.admin.get(asked.headers.get('location') ?? '')).body.state === 'done');
      const outbox = await connected(service);
      const sent = (await outbox.query(`select id from platform.outbox order by id`)).rows;
      await outbox.end();
      await eventually(`all of ${service}`, async () => {
        const stored = await rows(`select id from event_store.event where source = $1 order by id`, [`/${service}`]);
        return JSON.stringify(stored) === JSON.stringify(sent);
      });
    }
  });

  test('counts them without a gap, and tells of each batch once', async () => {
    await eventually('quiet', async () => {
      const [{ events, last, head, told }] =
        await rows(`select count(*)::int as events, max(position)::int as last, (select position::int from event_store.head) as head,
        (select sum((data ->> 'count')::int)::int from platform.outbox where type = 'EventStored') as told from event_store.event`);
      const [{ news }] = await rows(`select count(*)::int as news from event_store.event where type = 'EventStored'`);
      return events === last && last === head && told <= events && events - told <= news;
    });
  });

  test('is found by type, actor, time and correlation, page by page', async () => {
    const [created] = (await about(customer.id)).slice(-1);
    const found = async (filter: object) => (await installation.admin.post(`${EVENTS}/query`, { filter, limit: 1000 })).body.items;
    assert.ok((await found({ type: 'CustomerCreated', actor: created.actor })).some(({ id }: { id: string }) => id === created.id));
    assert.ok((await found({ correlation: created.correlation })).some(({ id }: { id: string }) => id === created.id));
    assert.deepEqual(await found({ time: { lt: '2020-01-01T00:00:00Z' } }), []);
    const first = (await installation.admin.get(`${EVENTS}?limit=3&fields=id,time`)).body;
    const second = (await installation.admin.get(`${EVENTS}?limit=3&fields=id,time&cursor=${first.next}`)).body;
    assert.equal(new Set([...first.items, ...second.items].map(({ id }) => id)).size, 6);
  });

  test('finds the events of other services that name a record', async () => {
    const contact = (await installation.admin.post('/api/customers/contacts', { customerId: customer.id, name: 'Ada Adler' })).body;
    const named = { filter: { mentions: { anyOf: [customer.id] } } };
    await eventually('the contact', async () => {
      const { items } = (await installation.admin.post(`${EVENTS}/query`, named)).body;
      return items.some(({ record }: { record: string }) => record === contact.id);
    });
  });

  test('is written by nobody: neither through the API nor by the role of the application', async () => {
    assert.equal((await installation.admin.post(EVENTS, {})).status, 403);
    const [{ id }] = await about(customer.id);
    assert.equal((await installation.admin.patch(`${EVENTS}/${id}`, { type: 'Other' })).status, 403);
    assert.equal((await installation.admin.delete(`${EVENTS}/${id}`)).status, 403);
    const refused = await installation.admin.post('/api/platform/objects/event/fields', { name: 'remark', label: 'Remark', type: 'text' });
    assert.equal(refused.status, 409, JSON.stringify(refused.body));
    const app = `${installation.databasePrefix}audit_app`;
    const [{ partition }] = await rows(`select max(relname) as partition from pg_class where relname ~ '^event_20.._..$'`);
    await owner.query(`set role "${app}"`);
    for (const statement of [
      `update event_store.event set type = 'Other'`,
      `update records.event set type = 'Other'`,
      `delete from event_store.event`,
      `delete from records.event`,
      `truncate event_store.event`,
      `delete from event_store.${partition}`,
      `update event_store.payload set payload = '{}'`,
      `delete from event_store.payload`,
      `alter table event_store.event disable trigger all`,
    ])
      await assert.rejects(
        () => owner.query(statement),
        /permission denied|must be owner|only ever added to|cannot (update|delete)/,
        statement,
      );
    await owner.query('reset role');
  });

  test('has a part for each month, made when its first event comes', async () => {
    const parts = await rows(`select relname as name from pg_class where relname ~ '^event_20.._..$'`);
    const month = new Date().toISOString().slice(0, 7).replace('-', '_');
    assert.ok(parts.some(({ name }) => name === `event_${month}`));
    assert.deepEqual(await rows('select 1 from event_store.event_other'), []);
  });
});
