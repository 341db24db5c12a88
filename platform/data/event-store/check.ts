import type { ChainPlace, ChainProblem } from '#platform/kernel/event-store.ts';
import { jsonOf } from '#platform/kernel/json.ts';
import type { RawRow, Transaction } from '../database.ts';
import { COVERED, hashOfValues, type Covered } from './sealed.ts';

/** Positions that are looked at in one statement. */
const AT_ONCE = 20_000n;
const INSTANT = `'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'`;
const AS_TEXT: { readonly [column in keyof Covered]?: string } = {
  mentions: 'to_json(e.mentions)',
  time: `to_char(e.time at time zone 'UTC', ${INSTANT})`,
  stored_at: `to_char(e.stored_at at time zone 'UTC', ${INSTANT})`,
  payload_hash: `encode(e.payload_hash, 'hex')`,
  previous: `encode(e.previous, 'hex')`,
};

/** What an event carries is looked at by the database: it need not travel. One whose personal data were erased has no salt any more, and another event tells of it. */
const ROWS = `select ${COVERED.map((column) => AS_TEXT[column] ?? `e.${column}`).join(', ')}, encode(e.hash, 'hex'),
    case when p.position is null then 'gone' when p.salt is null and exists (select from event_store.event told where told.record_id = e.record_id and told.type = 'PersonalDataErased') then 'erased'
      when sha256(p.salt || convert_to(p.payload, 'UTF8')) = e.payload_hash then 'whole' else 'changed' end
  from event_store.event e left join event_store.payload p on p.position = e.position and p.time = e.time
  where e.position > $1::bigint and e.position <= $2::bigint order by e.position, e.id`;

/** An event as it stands in the store: what the chain covers, in the order of `COVERED`, and what is to be said of what it carries. */
export type Stored = { readonly values: readonly unknown[]; readonly hash: string; readonly carries: string };

const MENTIONS = COVERED.indexOf('mentions');
const PREVIOUS = COVERED.indexOf('previous');

/** The next events of the chain, checked: see `EventStore`. */
export async function checkEvents(
  { query }: Transaction,
  after: ChainPlace,
  upTo: string,
): Promise<{ readonly last: ChainPlace; readonly problem: ChainProblem | null }> {
  const end = BigInt(after.position) + AT_ONCE < BigInt(upTo) ? BigInt(after.position) + AT_ONCE : BigInt(upTo);
  const rows = await query({ text: ROWS, values: [after.position, String(end)], name: 'event_check' });
  return followChain(after, String(end), rows.map(storedOf));
}

/** Follows the chain over events that are in the order of their positions, up to a position at which there must be one. */
export function followChain(
  after: ChainPlace,
  end: string,
  events: readonly Stored[],
): { readonly last: ChainPlace; readonly problem: ChainProblem | null } {
  let last = after;
  for (const [index, event] of events.entries()) {
    const position = String(event.values[0]);
    // Of two at one place nobody can tell by their order which was put in.
    if (events[index + 1]?.values[0] === event.values[0]) return { last, problem: { kind: 'inserted', position } };
    const problem = problemOf(last, event);
    if (problem) return { last, problem };
    last = { position, hash: event.hash, previous: String(event.values[PREVIOUS]) };
  }
  if (last.position === end) return { last, problem: null };
  return { last, problem: { kind: 'removed', position: String(BigInt(last.position) + 1n) } };
}

function problemOf(last: ChainPlace, { values, hash, carries }: Stored): ChainProblem | null {
  const position = String(values[0]);
  const previous = values[PREVIOUS];
  const expected = BigInt(last.position) + 1n;
  if (BigInt(position) < expected) return { kind: 'inserted', position };
  if (BigInt(position) > expected) return { kind: 'removed', position: String(expected) };
  const isItself = hashOfValues(values) === hash;
  if (previous !== last.hash) {
    // Who was chained to the one before the last never knew the last.
    if (previous === last.previous && last.position !== '0') return { kind: 'inserted', position: last.position };
    // One that is sealed as it was tells of the one before that it is another.
    return { kind: 'changed', position: isItself && last.position !== '0' ? last.position : position };
  }
  if (!isItself || carries === 'changed') return { kind: 'changed', position };
  return carries === 'gone' ? { kind: 'removed', position } : null;
}

function storedOf(row: RawRow): Stored {
  const values: unknown[] = row.slice(0, COVERED.length);
  values[MENTIONS] = jsonOf(row[MENTIONS]);
  return { values, hash: row[COVERED.length] ?? '', carries: row[COVERED.length + 1] ?? '' };
}
