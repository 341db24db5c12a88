import { isRecord } from '#platform/kernel/is-record.ts';
import { parseObject } from '#platform/kernel/json.ts';
import type { ObjectDefinition } from '#platform/kernel/model.ts';
import type { RawRow } from '../database.ts';
import { isHidden, nextOf, position, readableChanges, type HistoryQuery } from '../read/history.ts';
import { reading, scopeOf, type ReadSource } from '../read/source.ts';
import { demandRecord, hasFeature } from './beside.ts';
import { commentColumns, commentOf } from './comment.ts';

/**
 * Everything that happened to a record, newest first: changes with the command that made them, comments as they read now, files that came
 * and went; of records that were merged into it, their comments and files. It is their part of the outbox, so that one cursor leads through all of
 * it in its order.
 * A page as the text of `{"items":[{kind,at,by,eventId,…}],"next"}`. Refuses with `not_found` when the record is not there for the caller.
 */
export function readTimeline(source: ReadSource, object: ObjectDefinition, id: string, query: HistoryQuery): Promise<string> {
  return reading(source, object, async (from, of) => {
    const before = query.cursor === undefined ? null : position(query.cursor);
    await demandRecord(from, of, { id, deleted: 'any' });
    const kinds = [hasFeature(of, 'history'), hasFeature(of, 'comments'), hasFeature(of, 'attachments')];
    const merged = await from.query({ text: 'select id from platform.alias where into_id = $1::uuid', values: [id] });
    const ids = [id, ...merged.map(([one]) => one ?? '')];
    const rows = await from.query({ text: `${TIMELINE} limit ${query.limit + 1}`, values: [id, before, ...kinds, ids, of.name, of.id] });
    const items = rows.slice(0, query.limit).flatMap((row) => {
      const item = itemOf(from, of, row);
      return item === null ? [] : [JSON.stringify(item)];
    });
    return `{"items":[${items.join(',')}],"next":${nextOf(rows, query.limit)}}`;
  });
}

const TIMELINE = `select o.position, to_char(o.time at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), o.actor, o.id, o.type,
  o.data->'changed', o.data->>'command', o.data->'file',
  exists (select from platform.file_holder h where h.record_id = $1::uuid and h.object = $8 and h.field = '' and h.file_id = (o.data->'file'->>'id')::uuid),
  ${commentColumns('c')}
 from platform.outbox o left join platform.comment c on o.type = 'CommentAdded' and c.id = (o.data->>'comment')::uuid and c.record_id = $1::uuid
 where o.record_id = any($6::uuid[]) and o.object = $7 and ($2::bigint is null or o.position < $2::bigint)
  and (($3::boolean and o.record_id = $1::uuid and o.data->'changed' is not null) or ($4::boolean and c.id is not null)
    or ($5::boolean and o.type in ('FileAttached', 'FileRemoved')) or (o.type = 'DocumentIssued' and o.record_id = $1::uuid))
 order by o.position desc`;

const FILE_NEWS: Readonly<Record<string, string>> = { FileAttached: 'attached', FileRemoved: 'removed', DocumentIssued: 'issued' };

/** Null is a change of nothing that the caller may read. */
function itemOf(source: ReadSource, object: ObjectDefinition, row: RawRow): unknown {
  const [, at, by, eventId, type, changed, command, file, isHeld, ...comment] = row;
  const common = { at, by, eventId };
  if (type === 'CommentAdded') return { kind: 'comment', ...common, comment: commentOf(comment) };
  if (file)
    return {
      kind: 'file',
      ...common,
      what: FILE_NEWS[type ?? ''],
      file: parseObject(file),
      isHeld: isHeld === 't',
    };
  const changes = parseObject(changed);
  const done = { what: whatOf(type ?? '', changes), ...(command ? { command } : {}) };
  const readable = readableChanges(scopeOf(source), object, changes);
  if (done.what === 'updated' && !command && isHidden(changes, readable)) return null;
  return { kind: 'change', ...common, ...done, changes: readable };
}

/** What a record event says beside the fields: that the record was made, went to the recycle bin, or came back. */
function whatOf(type: string, changes: { readonly [field: string]: unknown }): 'created' | 'updated' | 'deleted' | 'restored' {
  const { deletedAt } = changes;
  if (isRecord(deletedAt)) return deletedAt['new'] === null ? 'restored' : 'deleted';
  return type.endsWith('Created') ? 'created' : 'updated';
}
