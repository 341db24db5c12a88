import { randomBytes } from 'node:crypto';
import type { PlatformEvent } from '#platform/kernel/event.ts';
import { jsonListOf } from '#platform/kernel/json.ts';
import type { Appended } from '#platform/kernel/event-store.ts';
import type { Statement, Transaction } from '../database.ts';
import { prepared } from '../read/statement-names.ts';
import { manyValues, selectMany, type TypedColumn } from '../save/many-rows.ts';
import { hashOf, payloadHashOf, type Covered } from './sealed.ts';
import { mentionsOf, recordOf } from './mentions.ts';

const SALT_BYTES = 16;
const INSTANT = `'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'`;

/** The end of the chain, held until the transaction ends; and of the months that are asked about those that have no table yet. */
const HEAD = `select position, encode(hash, 'hex'), to_char(now() at time zone 'UTC', ${INSTANT}),
    array(select month from unnest($1::text[]) as month where to_regclass('event_store.event_' || month) is null)
  from event_store.head for update`;

const COLUMNS: readonly (TypedColumn & { readonly name: keyof Row })[] = [
  { name: 'position', type: 'bigint' },
  { name: 'id', type: 'uuid' },
  { name: 'source', type: 'text' },
  { name: 'type', type: 'text' },
  { name: 'subject', type: 'text' },
  { name: 'object', type: 'text' },
  { name: 'record_id', type: 'uuid' },
  { name: 'mentions', type: 'text[]' },
  { name: 'time', type: 'timestamptz' },
  { name: 'actor', type: 'text' },
  { name: 'correlation_id', type: 'text' },
  { name: 'causation_id', type: 'text' },
  { name: 'work_date', type: 'date' },
  { name: 'object_version', type: 'integer' },
  { name: 'metadata_version', type: 'bigint' },
  { name: 'stored_at', type: 'timestamptz' },
  { name: 'payload_hash', type: 'bytea' },
  { name: 'previous', type: 'bytea' },
  { name: 'hash', type: 'bytea' },
];
const PAYLOAD: readonly (TypedColumn & { readonly name: keyof Row })[] = [
  { name: 'position', type: 'bigint' },
  { name: 'time', type: 'timestamptz' },
  { name: 'salt', type: 'bytea' },
  { name: 'payload', type: 'text' },
];

const ABOUT: readonly (TypedColumn & { readonly name: keyof About })[] = [
  { name: 'record_id', type: 'uuid' },
  { name: 'time', type: 'timestamptz' },
  { name: 'event_id', type: 'uuid' },
];

type About = { readonly record_id: string; readonly time: string; readonly event_id: string };
type Row = Covered & { readonly hash: string; readonly salt: string; readonly payload: string };

/** Adds events to the chain: see `EventStore`. */
export async function appendEvents({ query }: Transaction, events: readonly PlatformEvent[]): Promise<Appended | null> {
  if (events.length === 0) return null;
  const months = [...new Set(events.map(({ time }) => new Date(time).toISOString().slice(0, 7).replace('-', '_')))];
  const [head] = await query({ text: HEAD, values: [months], name: 'event_head' });
  const [position = '0', hash = '', now = '', missing = '{}'] = head ?? [];
  for (const month of (missing ?? '').replace(/[{}]/g, '').split(',').filter(Boolean))
    await query(prepareMonth(`${month.replace('_', '-')}-01`));
  const rows = chained(events, { position: position ?? '0', hash: hash ?? '', now: now ?? '' });
  await query(inserted('event_store.event', COLUMNS, rows));
  await query(inserted('event_store.payload', PAYLOAD, rows));
  await query(
    prepared(
      `insert into event_store.about (record_id, time, event_id) ${selectMany(ABOUT)}`,
      manyValues(ABOUT, rows.flatMap(aboutOf), (row, { name }) => row[name]),
    ),
  );
  await forgetAgain({ query }, rows);
  const [first, last] = [rows[0], rows.at(-1)];
  if (!first || !last) return null;
  await query({
    text: `update event_store.head set position = $1::bigint, hash = decode($2, 'hex')`,
    values: [last.position, last.hash],
    name: 'event_head_moved',
  });
  return { first: first.position, last: last.position, count: rows.length, hash: last.hash };
}

/** What was to be forgotten may come late, or once more. */
async function forgetAgain({ query }: Transaction, rows: readonly Row[]): Promise<void> {
  const records = [...new Set(rows.flatMap(({ record_id: record }) => record ?? []))];
  const text = `select record_id, to_json(names), until from event_store.erasure where record_id = any($1::uuid[]) order by until`;
  const erased = await query({ text, values: [records], name: 'event_erased' });
  for (const [record, names, until] of erased) await query(forgotten(record ?? '', jsonListOf(names).map(String), until ?? ''));
}

/** Takes values away from what the events of a record carry. */
export function forgotten(record: string, names: readonly string[], until: string): Statement {
  return { text: 'select event_store.forget($1::uuid, $2::text[], $3::timestamptz)', values: [record, names, until] };
}

/** Makes the tables of the month in which a day lies. */
export function prepareMonth(day: string): Statement {
  return { text: 'select event_store.prepare_month($1::date)', values: [day] };
}

function chained(events: readonly PlatformEvent[], head: { position: string; hash: string; now: string }): readonly Row[] {
  const salts = randomBytes(events.length * SALT_BYTES);
  let position = BigInt(head.position);
  let previous = head.hash;
  return events.map((event, index) => {
    const payload = JSON.stringify(event.data);
    const salt = salts.subarray(index * SALT_BYTES, (index + 1) * SALT_BYTES);
    position += 1n;
    const covered = coveredOf(event, { position, previous, storedAt: head.now, payloadHash: payloadHashOf(salt, payload) });
    previous = hashOf(covered);
    return { ...covered, hash: previous, salt: salt.toString('hex'), payload };
  });
}

/** The records that an event is about or names. */
function aboutOf({ id, time, record_id: record, mentions }: Row): readonly About[] {
  return [...new Set([...(record === null ? [] : [record]), ...mentions])].map((one) => ({ record_id: one, time, event_id: id }));
}

type Place = { readonly position: bigint; readonly previous: string; readonly storedAt: string; readonly payloadHash: string };

function coveredOf(event: PlatformEvent, { position, previous, storedAt, payloadHash }: Place): Covered {
  const about = recordOf(event);
  return {
    position: String(position),
    id: event.id,
    source: event.source,
    type: event.type,
    subject: event.subject,
    object: about?.object ?? null,
    record_id: about?.id ?? null,
    mentions: mentionsOf(event),
    time: new Date(event.time).toISOString().replace('Z', '000Z'),
    actor: event.actor,
    correlation_id: event.correlationid,
    causation_id: event.causationid ?? null,
    work_date: event.workdate ?? null,
    object_version: String(event.objectversion),
    metadata_version: String(event.metadataversion),
    stored_at: storedAt,
    payload_hash: payloadHash,
    previous,
  };
}

function inserted(table: string, columns: readonly (TypedColumn & { readonly name: keyof Row })[], rows: readonly Row[]): Statement {
  const text = `insert into ${table} (${columns.map(({ name }) => name).join(', ')}) ${selectMany(columns)}`;
  return prepared(
    text,
    manyValues(columns, rows, (row, { name, type }) => (type === 'bytea' ? `\\x${String(row[name])}` : row[name])),
  );
}
