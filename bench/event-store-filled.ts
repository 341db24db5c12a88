import { createHash } from 'node:crypto';
import type pg from 'pg';

/** Events of a course: from an offer to what is posted. */
const COURSE = 10;
const CUSTOMERS = 20_000;
const PEOPLE = 80;

/** The ten events of a course: type, service, what it is about, and who does it (a person, or the service itself). */
const STEPS = [
  ['OfferCreated', 'offers', 'offer', 'person'],
  ['OfferUpdated', 'offers', 'offer', 'person'],
  ['OfferUpdated', 'offers', 'offer', 'person'],
  ['OrderCreated', 'orders', 'order', 'service'],
  ['OrderUpdated', 'orders', 'order', 'service'],
  ['DeliveryNoteCreated', 'delivery-notes', 'delivery_note', 'person'],
  ['InvoiceIssued', 'invoices', 'invoice', 'person'],
  ['PaymentReceived', 'payments', 'payment', 'person'],
  ['TransactionPosted', 'accounting', 'journal_entry', 'service'],
  ['NotificationSent', 'notifications', 'message', 'service'],
] as const;

/** Records that many events name, one in twenty and one in ten, and who does much. */
export const HEAVY = { customer: uuidOf('customer 0'), priceList: uuidOf('price list'), actor: `user:${uuidOf('person 3')}` };
/** What happens seldom, and who does little. */
export const SELDOM = { type: 'RoleCreated', actor: `user:${uuidOf('visitor')}` };
/** Of so many courses one ends with a seldom event. */
const SELDOM_COURSES = 10_000;

/** The offer of a course. */
export function recordOfCourse(course: number): string {
  return uuidOf(`offer ${course}`);
}

/** One of the customers, of which an ordinary one is named by some five hundred events. */
export function customerOf(nth: number): string {
  return uuidOf(`customer ${nth}`);
}

function uuidOf(text: string): string {
  return createHash('md5')
    .update(text)
    .digest('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

type Filling = { readonly events: number; readonly months: number };

/**
 * Fills months that are not filled yet, up to now: courses of ten events within a day or two, each about a document, naming those before it, its customer and in one of ten a price list. A month's table is
 * filled before it becomes part of the store, which then makes its indexes at once.
 */
export async function fillEvents(
  client: pg.Client,
  { events, months }: Filling,
): Promise<{ readonly first: number; readonly last: number; readonly courses: number }> {
  const now = new Date();
  const monthStart = (back: number): Date => new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - back, 1));
  const perMonth = Math.ceil(events / months / COURSE) * COURSE;
  await client.query(`set synchronous_commit = off; set maintenance_work_mem = '512MB'; set session_replication_role = replica`);
  for (let nth = 0; nth < months; nth += 1) {
    const [from, until] = [monthStart(months - nth), monthStart(months - nth - 1)];
    const begun = performance.now();
    const isNew = await fillMonth(client, { from, until, before: nth * perMonth, count: perMonth });
    if (isNew) console.log(`${from.toISOString().slice(0, 7)}: ${perMonth} events in ${((performance.now() - begun) / 1000).toFixed(0)} s`);
  }
  await client.query(`update event_store.head set position = ${months * perMonth}, hash = sha256('end')`);
  const { rows } = await client.query<{ size: string }>(`select pg_size_pretty(pg_database_size(current_database())) as size`);
  console.log(`${months * perMonth} events in ${months} months, ${rows[0]?.size ?? ''}\n`);
  return { first: monthStart(months).getTime(), last: monthStart(0).getTime(), courses: (months * perMonth) / COURSE };
}

const TABLES = ['event', 'payload', 'about'];

type Month = { readonly from: Date; readonly until: Date; readonly before: number; readonly count: number };

async function fillMonth(client: pg.Client, { from, until, before, count }: Month): Promise<boolean> {
  const name = from.toISOString().slice(0, 7).replace('-', '_');
  await client.query(`select event_store.prepare_month('${from.toISOString().slice(0, 10)}')`);
  const known = await client.query(`select 1 from event_store.payload_${name} limit 1`);
  if (known.rows.length > 0) return false;
  const bounds = `for values from ('${from.toISOString()}') to ('${until.toISOString()}')`;
  await client.query('begin');
  for (const table of TABLES) {
    await client.query(`alter table event_store.${table} detach partition event_store.${table}_${name}`);
    await client.query(`drop table event_store.${table}_${name}`);
    await client.query(`create table event_store.${table}_${name} (like event_store.${table} including defaults)`);
  }
  const parameters = [before, count, from.toISOString(), (until.getTime() - from.getTime()) / 1000 / count];
  await client.query(`insert into event_store.event_${name} ${EVENTS}`, parameters);
  await client.query(`insert into event_store.payload_${name} (position, time, salt, payload)
    select position, time, decode(md5(id::text), 'hex'), ${PAYLOAD} from event_store.event_${name}`);
  await client.query(`insert into event_store.about_${name} select distinct record, time, id from event_store.event_${name},
    unnest(array_append(mentions::uuid[], record_id)) as record`);
  for (const table of TABLES)
    await client.query(`alter table event_store.${table} attach partition event_store.${table}_${name} ${bounds}`);
  await client.query('commit');
  for (const table of TABLES) await client.query(`vacuum analyze event_store.${table}_${name}`);
  return true;
}

const list = (column: number): string => `(array[${STEPS.map((step) => `'${step[column]}'`).join(', ')}])[1 + k]`;
const uuid = (text: string): string => `md5(${text})::uuid`;

/** Of what a course has come to: its documents, from the offer on. */
const DOCUMENTS = ['offer', 'offer', 'offer', 'order', 'order', 'note', 'invoice', 'payment', 'entry', 'message'];
const document = (k: string): string => uuid(`(array[${DOCUMENTS.map((name) => `'${name} '`).join(', ')}])[1 + ${k}] || c`);

const EVENTS = `(position, id, source, type, subject, object, record_id, mentions, time, actor, correlation_id, causation_id, work_date, object_version, metadata_version,
    stored_at, payload_hash, previous, hash)
  select n, ${uuid(`'event ' || n`)}, '/' || ${list(1)}, type, ${list(2)} || '/' || record, ${list(2)}, record,
    array_remove(array[customer::text, case when k > 3 then ${document('0')}::text end, case when k > 4 then ${document('4')}::text end,
      case when c % 10 = 0 then '${HEAVY.priceList}' end, md5('product ' || n * 31 % 3000)::uuid::text], null),
    time, case when ${list(3)} = 'service' then 'service:' || ${list(1)} when c % 50000 = 17 then '${SELDOM.actor}' else 'user:' || ${uuid(`'person ' || least(c % ${PEOPLE}, c % 7)`)} end,
    'course-' || c, case when k > 0 then ${uuid(`'event ' || n - 1`)}::text end, null, k, 100, time, sha256(n::text::bytea), sha256((n - 1)::text::bytea), sha256(n::text::bytea)
  from (select n, c, k, case when k = 9 and c % ${SELDOM_COURSES} = 0 then '${SELDOM.type}' else ${list(0)} end as type, ${document('k')} as record,
      ${uuid(`'customer ' || (c * 7919 % ${CUSTOMERS}) % case when c % 20 = 0 then 10 else ${CUSTOMERS} end`)} as customer,
      $3::timestamptz + make_interval(secs => (n - 1 - $1::bigint) * $4::double precision) as time
    from (select n, (n - 1) / ${COURSE} as c, ((n - 1) % ${COURSE})::integer as k from generate_series($1::bigint + 1, $1::bigint + $2::bigint) n) numbered) told`;

/** Some 600 bytes, as records of some fifteen fields have them. */
const PAYLOAD = `json_build_object('record', json_build_object('id', record_id, 'version', object_version + 1, 'number', 'NO-' || position, 'title', md5(id::text) || ' and what else is said of it',
    'customerId', mentions[1], 'status', (array['draft', 'sent', 'accepted', 'done'])[1 + position % 4], 'total', position % 10000 || '.00', 'currency', 'EUR', 'note', repeat(md5(position::text), 3),
    'createdAt', time, 'createdBy', actor, 'updatedAt', time, 'updatedBy', actor, 'ownerId', ${uuid(`'owner ' || position % 80`)}, 'companyId', ${uuid(`'company'`)}),
  'changed', json_build_object('status', json_build_object('old', 'draft', 'new', 'sent')))::text`;
