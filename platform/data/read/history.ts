import { Refusal } from '#platform/kernel/errors.ts';
import { isRecord } from '#platform/kernel/is-record.ts';
import type { ObjectDefinition } from '#platform/kernel/model.ts';
import { apiNameOf } from '#platform/metadata/schema-index.ts';
import type { RawRow } from '../database.ts';
import { findChildren, findField, ownSide, type Scope } from '../names.ts';
import { getRecord } from './record.ts';
import { reading, scopeOf, type ReadSource } from './source.ts';

/** A page of history: newest first, from where the cursor says. */
export type HistoryQuery = { readonly cursor?: string | undefined; readonly limit: number };

/**
 * What happened to a record, as the text of `{"items":[{at,by,eventId,command,changes:[{field,old,new}]}],"next"}`, newest first.
 * Fields go by the name they have today; those the caller may not read are left out, in children too, and with them what changed nothing else.
 * Refuses with `not_found` when the record is not there for the caller; one in the recycle bin is.
 */
export function readHistory(source: ReadSource, object: ObjectDefinition, id: string, query: HistoryQuery): Promise<string> {
  return reading(source, object, async (from, of) => {
    const before = query.cursor === undefined ? null : position(query.cursor);
    const found = await getRecord(from, of, id, { fields: ['id'], deleted: 'any' });
    if (!found) throw new Refusal('not_found', `There is no such ${of.label.en}.`);
    const rows = await from.query({ text: `${HISTORY} limit ${query.limit + 1}`, values: [id, before, of.name] });
    const items = rows.slice(0, query.limit).flatMap(([, at, by, eventId, changed, command]) => {
      const all: unknown = JSON.parse(changed ?? '{}');
      const changes = readableChanges(scopeOf(from), of, all);
      return !command && isHidden(all, changes) ? [] : JSON.stringify({ at, by, eventId, ...(command ? { command } : {}), changes });
    });
    return `{"items":[${items.join(',')}],"next":${nextOf(rows, query.limit)}}`;
  });
}

/** Record events alone: they carry what changed. */
const HISTORY = `select position, to_char(time at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), actor, id, data->'changed', data->>'command'
 from platform.outbox where record_id = $1 and object = $3 and ($2::bigint is null or position < $2) and data -> 'changed' is not null order by position desc`;

/** The cursor behind a page as JSON: its rows begin with their position, and one more than the page has was read. */
export function nextOf(rows: readonly RawRow[], limit: number): string {
  const last = rows.length > limit ? rows[limit - 1]?.[0] : null;
  return last ? `"${Buffer.from(last).toString('base64url')}"` : 'null';
}

/** The position that a cursor stands for. */
export function position(cursor: string): string {
  const text = Buffer.from(cursor, 'base64url').toString('latin1');
  if (!/^\d{1,18}$/.test(text))
    throw new Refusal('malformed_request', 'The cursor does not belong to this history. Start again without it.');
  return text;
}

/** One field that changed, under its name of today. */
export type Change = { readonly field: string; readonly old: unknown; readonly new: unknown };

/** Of what changed in a record what the caller may read, in the order of the fields. */
export function readableChanges(scope: Scope, object: ObjectDefinition, changed: unknown): readonly Change[] {
  const side = ownSide(object);
  const order = scope.schema.fieldsOf(object).all.map((field) => apiNameOf(field));
  const changes = Object.entries(isRecord(changed) ? changed : {}).flatMap(([name, change]): readonly Change[] => {
    if (!isRecord(change)) return [];
    const children = findChildren(scope, side, name);
    if (children?.field.type === 'children') {
      const rows = (value: unknown) => readableRows(scope, children.side.object, value);
      return [{ field: children.field.name, old: rows(change['old']), new: rows(change['new']) }];
    }
    const field = findField(scope, side, name);
    if (!field || field.type === 'children') return [];
    return [{ field: apiNameOf(field), old: change['old'] ?? null, new: change['new'] ?? null }];
  });
  return changes.toSorted((left, right) => order.indexOf(left.field) - order.indexOf(right.field));
}

/** Whether a change is of nothing that the caller may read: that there was one would say something of what is hidden from them. */
export function isHidden(changed: unknown, readable: readonly Change[]): boolean {
  const names = isRecord(changed) ? Object.keys(changed) : [];
  return readable.length === 0 && names.length > 0 && !names.includes('deletedAt');
}

function readableRows(scope: Scope, child: ObjectDefinition, rows: unknown): unknown {
  if (!Array.isArray(rows)) return null;
  const side = ownSide(child);
  return rows.map((row) => {
    const values = Object.entries(isRecord(row) ? row : {}).flatMap(([name, value]): readonly (readonly [string, unknown])[] => {
      const field = findField(scope, side, name);
      if (field) return field.type === 'children' ? [] : [[apiNameOf(field), value]];
      const nested = findChildren(scope, side, name);
      return nested?.field.type === 'children' ? [[nested.field.name, readableRows(scope, nested.side.object, value)]] : [];
    });
    return Object.fromEntries(values);
  });
}
