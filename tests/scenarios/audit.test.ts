import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { beginAs } from '#platform/data/commands/module-job.ts';
import { eventually } from '#tests/support/eventually.ts';
import { openEvents } from '#tests/support/event-store.ts';
import { startInstallation, type Installation } from '#tests/support/installation.ts';
import { runScheduled } from '#tests/support/scheduled.ts';
import { skipReason, testDatabaseUrl } from '#tests/support/services.ts';

const database = testDatabaseUrl();
const EVENTS = '/api/audit/events';

const skip = skipReason(database);

let installation: Installation;
let store: Awaited<ReturnType<typeof openEvents>>;
let customer: { id: string };
before(async () => {
  if (skip) return;
  installation = await startInstallation();
  store = await openEvents(installation);
  customer = (await installation.admin.post('/api/customers/customers', { name: 'Adler' })).body;
  await installation.admin.patch(`/api/customers/customers/${customer.id}`, { name: 'Adler & Söhne' });
  await eventually('both events', async () => (await store.about(customer.id)).length === 2);
});
after(async () => {
  await store?.close();
  await installation?.stop();
});

/** An event but for what it is about. */
const LATE = {
  specversion: '1.0',
  id: randomUUID(),
  source: '/customers',
  type: 'ContactUpdated',
  datacontenttype: 'application/json',
  actor: 'user:nobody',
  correlationid: 'late',
  objectversion: 1,
  metadataversion: 1,
} as const;

const copy = `drop table if exists event_store.kept; create table event_store.kept as select * from event_store.event where position = 7`;
const back =
  'delete from event_store.event where position = 7; insert into event_store.event select * from event_store.kept; drop table event_store.kept';
const EVERY_COLUMN = `select column_name as name, data_type as type from information_schema.columns where table_schema = 'event_store' and table_name = 'event'
  and column_name not in ('position', 'id') order by ordinal_position`;

const pick = ({ what, position }: { what: string; position: string }): readonly string[] => [what, position];

/** Another value of each type, as SQL. */
const OTHER_OF_TYPE: Readonly<Record<string, string>> = {
  bytea: `decode('00', 'hex')`,
  ARRAY: `'{other}'`,
  uuid: 'gen_random_uuid()',
  text: `'other'`,
  integer: '77',
  bigint: '77',
  date: 'current_date',
};

describe('The event store', { skip }, () => {
  test('has what happened to a record, newest first, with what each event carries', async () => {
    const [changed, created] = await store.about(customer.id);
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
      const outbox = await store.connected(service);
      const sent = (await outbox.query(`select id from platform.outbox order by id`)).rows;
      await outbox.end();
      await eventually(`all of ${service}`, async () => {
        const stored = await store.rows(`select id from event_store.event where source = $1 order by id`, [`/${service}`]);
        return JSON.stringify(stored) === JSON.stringify(sent);
      });
    }
  });

  test('counts them without a gap, and tells of each batch once, without storing that news', async () => {
    await eventually('quiet', async () => {
      const [{ events, last, head, told }] =
        await store.rows(`select count(*)::int as events, max(position)::int as last, (select position::int from event_store.head) as head,
        (select sum((data ->> 'count')::int)::int from platform.outbox where type = 'EventStored') as told from event_store.event`);
      return events === last && last === head && told === events;
    });
  });

  test('is found by type, actor, time and correlation, page by page', async () => {
    const [created] = (await store.about(customer.id)).slice(-1);
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
    const named = async (filter: object) =>
      (await installation.admin.post('/api/audit/events-of-records/query', { filter: { about: customer.id, ...filter }, limit: 1000 })).body
        .items;
    await eventually('the contact', async () => (await named({})).some(({ record }: { record: string }) => record === contact.id));
    const all: readonly { id: string; time: string }[] = await named({});
    assert.equal(new Set(all.map(({ id }) => id)).size, all.length, 'each once');
    assert.deepEqual(
      all.map(({ time }) => time),
      all
        .map(({ time }) => time)
        .toSorted()
        .toReversed(),
    );
    assert.ok((await named({ type: 'ContactCreated' })).every(({ record }: { record: string }) => record === contact.id));
  });

  test('is written by nobody: neither through the API nor by the role of the application', async () => {
    assert.equal((await installation.admin.post(EVENTS, {})).status, 403);
    const [{ id }] = await store.about(customer.id);
    assert.equal((await installation.admin.patch(`${EVENTS}/${id}`, { type: 'Other' })).status, 403);
    assert.equal((await installation.admin.delete(`${EVENTS}/${id}`)).status, 403);
    const refused = await installation.admin.post('/api/platform/objects/event/fields', { name: 'remark', label: 'Remark', type: 'text' });
    assert.equal(refused.status, 409, JSON.stringify(refused.body));
    const app = `${installation.databasePrefix}audit_app`;
    const [{ partition }] = await store.rows(`select max(relname) as partition from pg_class where relname ~ '^event_20.._..$'`);
    await store.owner.query(`set role "${app}"`);
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
        () => store.owner.query(statement),
        /permission denied|must be owner|only ever added to|cannot (update|delete)/,
        statement,
      );
    await store.owner.query('reset role');
  });

  test('has no event that the AsyncAPI document does not tell of', async () => {
    const { status, body } = await installation.admin.get('/api/platform/asyncapi.json');
    assert.deepEqual([status, body.asyncapi], [200, '3.0.0']);
    const types = await store.rows(`select distinct substr(source, 2) || '.' || type as topic from event_store.event`);
    assert.deepEqual(
      types.map(({ topic }) => topic).filter((topic) => !(topic in body.channels)),
      [],
    );
    assert.equal(body.components.messages['audit.EventStored'].payload.allOf[1].properties.data.properties.count.type, 'integer');
  });

  test('has a part for each month, made when its first event comes', async () => {
    const parts = await store.rows(`select relname as name from pg_class where relname ~ '^event_20.._..$'`);
    const month = new Date().toISOString().slice(0, 7).replace('-', '_');
    assert.ok(parts.some(({ name }) => name === `event_${month}`));
    assert.deepEqual(await store.rows('select 1 from event_store.event_other'), []);
  });
});

describe('The chain of the event store', { skip }, () => {
  test('verifies from its first event to the last, and says up to where', async () => {
    await runScheduled(installation, 'audit', 'anchorHead');
    const run = await store.verified();
    assert.equal(run.state, 'passed', JSON.stringify(run));
    const [{ hash }] = await store.rows(`select encode(hash, 'hex') as hash from event_store.event where position = $1`, [run.upTo]);
    assert.deepEqual([run.hash, run.checked], [hash, run.upTo]);
    const job = (await installation.admin.get(`/api/audit/jobs/${run.job}`)).body;
    assert.deepEqual([job.state, job.result.state], ['done', 'passed']);
  });

  test('names an event of which any column was changed', async () => {
    const columns = await store.rows(EVERY_COLUMN);
    assert.ok(columns.length >= 16);
    for (const { name, type } of columns) {
      const other = OTHER_OF_TYPE[String(type)] ?? `${name} + interval '1 microsecond'`;
      await store.owner.query(
        `set session_replication_role = replica; ${copy}; update event_store.event set ${name} = ${other} where position = 7`,
      );
      const { problem } = await store.checked();
      await store.owner.query(`${back}; set session_replication_role = origin`);
      assert.deepEqual(problem, { kind: 'changed', position: '7' }, name);
    }
  });

  test('names an event that was changed, and what it carries', async () => {
    assert.deepEqual(pick(await store.tampered(`${copy}; update event_store.event set actor = 'user:nobody' where position = 7`, back)), [
      'changed',
      '7',
    ]);
    const payload = `update event_store.payload set payload = replace(payload, '{', '{ ') where position = 8`;
    const whole = `update event_store.payload set payload = replace(payload, '{ ', '{') where position = 8`;
    assert.deepEqual(pick(await store.tampered(payload, whole)), ['changed', '8']);
    const told = await store.rows(`select data from platform.outbox where type = 'IntegrityViolated' order by position`);
    assert.deepEqual(
      told.map(({ data }) => [data.what, data.position]),
      [
        ['changed', '7'],
        ['changed', '8'],
      ],
    );
  });

  test('names an event that was removed', async () => {
    assert.deepEqual(pick(await store.tampered(`${copy}; delete from event_store.event where position = 7`, back)), ['removed', '7']);
  });

  test('names an event that was put in, beside another or behind the end', async () => {
    const put = (position: string): string =>
      `create table event_store.put as select * from event_store.event where position = 7; update event_store.put set id = gen_random_uuid(), position = ${position};
       insert into event_store.event select * from event_store.put`;
    const out = 'delete from event_store.event where id in (select id from event_store.put); drop table event_store.put';
    assert.deepEqual(pick(await store.tampered(put('9'), out)), ['inserted', '9']);
    const { position } = (await store.rows('select position + 1000000 as position from event_store.head'))[0] ?? {};
    assert.equal((await store.tampered(put(position), out)).what, 'inserted');
  });

  test('misses an end that was cut off', async () => {
    await store.quiet();
    const [{ end }] = await store.rows('select position::int - 2 as end from event_store.head');
    const cut = `create table event_store.cut as select * from event_store.event where position >= ${end}; delete from event_store.event where position >= ${end}`;
    const mend = 'insert into event_store.event select * from event_store.cut; drop table event_store.cut';
    assert.deepEqual(pick(await store.tampered(cut, mend)), ['cutOff', String(end)]);
    assert.equal((await store.verified()).state, 'passed');
  });

  test('holds when personal data are erased from what it covers, also from what comes late; nobody else may take them away', async () => {
    const made = await installation.admin.post('/api/customers/contacts', {
      name: 'Grete Geheim',
      email: 'grete@example.com',
      customerId: customer.id,
    });
    const { id } = made.body;
    await installation.admin.patch(`/api/customers/contacts/${id}`, { name: 'Grete Ganz-Geheim' });
    const carried = () =>
      store.rows(
        `select p.payload, p.erased_at from event_store.event e join event_store.payload p using (position, time) where e.record_id = $1 order by position`,
        [id],
      );
    await eventually('both', async () => (await carried()).length === 2);
    const [changed] = await store.about(id);
    assert.equal((await installation.admin.post(`/api/customers/contacts/${id}/actions/erase`, {})).status, 200);
    await eventually('that it is gone', async () => !JSON.stringify(await carried()).includes('Geheim'));
    assert.ok(
      (await carried()).some(({ payload }) => JSON.parse(payload).record?.customerId === customer.id),
      'what is nobody’s stays',
    );
    const late = { ...LATE, subject: `contact/${id}`, time: changed.time, data: { record: { id, name: 'Grete Geheim' } } };
    await beginAs(store.auditStore())(({ eventStore }) => eventStore.append([late]));
    assert.ok(!JSON.stringify(await carried()).includes('Geheim'));
    assert.equal((await store.verified()).state, 'passed');
    const [{ position }] = await store.rows(`select position from event_store.event where type = 'CustomerCreated' limit 1`);
    const found = await store.tampered(
      `create table event_store.was as select * from event_store.payload where position = ${position}; update event_store.payload set salt = null, erased_at = now() where position = ${position}`,
      `update event_store.payload p set salt = w.salt, erased_at = null from event_store.was w where p.position = w.position; drop table event_store.was`,
    );
    assert.deepEqual(pick(found), ['changed', position]);
  });

  test('misses an end that was cut off together with its mark, for it is anchored elsewhere', async () => {
    await installation.admin.post('/api/customers/customers', { name: 'Zimmer' });
    await store.quiet();
    const [{ end }] = await store.rows('select position::int as end from event_store.head');
    await runScheduled(installation, 'audit', 'anchorHead');
    await eventually('the anchor', async () => {
      const core = await store.connected('platform');
      const { rows: found } = await core.query('select max(position)::int as position from platform.anchor');
      await core.end();
      return found[0].position === end;
    });
    await store.quiet();
    const cut = `delete from event_store.event where position >= ${end};
      update event_store.head set position = e.position, hash = e.hash from event_store.event e where e.position = ${end} - 1`;
    assert.deepEqual(pick(await store.tampered(cut, '')), ['cutOff', String(end)]);
  });
});
