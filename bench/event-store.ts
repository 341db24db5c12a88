/** How fast events are stored, verified and found: on DATABASE_URL, else on the embedded PostgreSQL. `node bench/event-store.ts [events]`. */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { openDatabase, type Database } from '#platform/data/database.ts';
import { openEventStore } from '#platform/data/event-store/event-store.ts';
import { EVENT_STORE_MIGRATIONS } from '#platform/data/event-store/tables.ts';
import { prepareDatabase } from '#platform/data/prepare/prepare-database.ts';
import { startPostgres } from '#platform/embedded/postgres.ts';
import type { PlatformEvent } from '#platform/kernel/event.ts';
import type { ChainPlace } from '#platform/kernel/event-store.ts';

const EVENTS = Number(process.argv[2] ?? 1_000_000);
/** RabbitMQ hands out so many at once. */
const BATCHES = [50, 500];
const MONTHS = 12;
const TYPES = [
  'OfferCreated',
  'OfferUpdated',
  'OrderCreated',
  'OrderUpdated',
  'InvoiceIssued',
  'PaymentReceived',
  'StockMoved',
  'TransactionPosted',
];

const folder = mkdtempSync(join(tmpdir(), 'tessera-bench-'));
const postgres = process.env['DATABASE_URL'] ? undefined : await startPostgres({ dataFolder: folder, log: () => undefined });
const adminUrl = process.env['DATABASE_URL'] ?? postgres?.url ?? '';
const name = `bench_${process.pid}_audit`;
const { appUrl } = await prepareDatabase({ adminUrl, database: name, secret: 'bench', tables: { events: EVENT_STORE_MIGRATIONS } });
const database = openDatabase({ name: 'audit', url: appUrl, connections: 4 });
try {
  await measure(database);
} finally {
  await database.close();
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  await admin.query(`drop database ${name} with (force)`);
  await admin.end();
  await postgres?.stop();
  rmSync(folder, { recursive: true, force: true });
}

async function measure(store: Database): Promise<void> {
  const records = Array.from({ length: Math.max(1, Math.round(EVENTS / 20)) }, () => randomUUID());
  for (const batch of BATCHES) {
    const wanted = batch === BATCHES.at(-1) ? EVENTS : Math.round(EVENTS / 50);
    const events = Math.ceil(wanted / batch) * batch;
    const began = performance.now();
    for (let at = 0; at < events; at += batch) {
      const some = Array.from({ length: batch }, (_, index) => eventAt(at + index, records));
      await store.transaction((transaction) => openEventStore(transaction).append(some));
    }
    say(`stored ${events} in batches of ${batch}`, began, events);
  }
  const began = performance.now();
  const end = await store.transaction((transaction) => openEventStore(transaction).end());
  let at: ChainPlace = { position: '0', hash: '', previous: '' };
  while (at.position !== end.position) {
    const found = await store.transaction((transaction) => openEventStore(transaction).check(at, end.position));
    if (found.problem) throw new Error(JSON.stringify(found.problem));
    at = found.last;
  }
  say(`verified ${end.position}`, began, Number(end.position));
  await analyzed();
  for (const [what, condition] of [
    ['newest', 'true'],
    ['of a record', `record = '${records[1]}'`],
    ['of a type', `type = 'PaymentReceived'`],
    ['of an actor', `actor = 'user:7'`],
    ['of a month', `time >= '2026-03-01' and time < '2026-03-02'`],
    ['of an actor and type in a month', `actor = 'user:7' and type = 'StockMoved' and time >= '2026-03-01' and time < '2026-04-01'`],
  ]) {
    const text = `select id, position, type, subject, time, actor, data from records.event r where deleted_at is null and ${condition} order by time desc, id desc limit 26`;
    const asked = performance.now();
    const rows = await store.read({ text, values: [] });
    process.stdout.write(`found ${what}: ${rows.length} in ${(performance.now() - asked).toFixed(1)} ms\n`);
  }
}

/** What autovacuum does in time. */
async function analyzed(): Promise<void> {
  const admin = new pg.Client({ connectionString: Object.assign(new URL(adminUrl), { pathname: `/${name}` }).href });
  await admin.connect();
  await admin.query('analyze event_store.event');
  await admin.end();
}

function eventAt(at: number, records: readonly string[]): PlatformEvent {
  const record = records[(at * 7919) % records.length] ?? '';
  const order = records[(at * 104_729) % records.length] ?? '';
  const month = Math.floor((at / EVENTS) * MONTHS) % MONTHS;
  const time = new Date(Date.UTC(2026, month, 1) + (at % 2_400_000) * 1_000).toISOString();
  return {
    specversion: '1.0',
    id: randomUUID(),
    source: '/orders',
    type: TYPES[at % TYPES.length] ?? '',
    subject: `order/${record}`,
    time,
    datacontenttype: 'application/json',
    data: {
      record: { id: record, orderId: order, number: `OR-${at}`, note: 'x'.repeat(400) },
      changed: { total: { old: '1.00', new: '2.00' } },
    },
    actor: `user:${at % 40}`,
    correlationid: randomUUID(),
    objectversion: 1,
    metadataversion: 1,
  };
}

function say(what: string, began: number, events: number): void {
  const seconds = (performance.now() - began) / 1_000;
  process.stdout.write(`${what}: ${seconds.toFixed(1)} s, ${Math.round(events / seconds)}/s\n`);
}
