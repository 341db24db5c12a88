import type { Database } from '#platform/data/database.ts';
import { invalidValues, Refusal } from '#platform/kernel/errors.ts';
import { moduleOf, type PlatformEvent } from '#platform/kernel/event.ts';
import type { JsonSchema } from '#platform/kernel/field-types/field-type.ts';
import { isRecord } from '#platform/kernel/is-record.ts';
import { plainText } from '#platform/kernel/json.ts';
import { on, type Reaction } from '#platform/kernel/module.ts';
import type { Route, RouteAnswer, RouteRequest } from '#platform/kernel/route.ts';
import { SERVICES } from '#platform/kernel/services.ts';
import { isUuid } from '#platform/kernel/uuid.ts';
import type { Core } from './core.ts';

/** Who was mentioned where, for all services. The words stay with the comment, beside its record. A list of migrations; never change one that was released. */
export const MENTION_MIGRATIONS: readonly string[] = [
  `create table platform.mention (
     user_id uuid not null, comment_id uuid not null, module text not null, object text not null, record_id uuid not null, by text not null,
     at timestamptz not null, read_at timestamptz, primary key (user_id, comment_id));
   create index mention_user on platform.mention (user_id, at desc);
   create index mention_comment on platform.mention (comment_id);`,
];

const LISTED = 30;

/** What the core does when somebody is mentioned in a comment of any service, or the comment is changed or deleted. Repeats do no harm. */
export function mentionReactions(database: Pick<Database, 'write'>): readonly Reaction[] {
  return SERVICES.flatMap(({ name }) => [
    on(name, 'UserMentioned', 'noteMention', async (_work, event) => note(database, event)),
    on(name, 'CommentEdited', 'forgetUnmentioned', async (_work, { data }) => {
      const { comment, mentions } = data;
      await database.write({
        text: 'delete from platform.mention where comment_id = $1::uuid and user_id <> all($2::uuid[])',
        values: [comment, mentions],
      });
    }),
    on(name, 'CommentDeleted', 'forgetMention', async (_work, { data }) => {
      await database.write({ text: 'delete from platform.mention where comment_id = $1::uuid', values: [data['comment']] });
    }),
  ]);
}

async function note(database: Pick<Database, 'write'>, event: PlatformEvent): Promise<void> {
  const { user, comment, object, id } = event.data;
  await database.write({
    text: `insert into platform.mention (user_id, comment_id, module, object, record_id, by, at)
      values ($1::uuid, $2::uuid, $3, $4, $5::uuid, $6, $7::timestamptz) on conflict do nothing`,
    values: [user, comment, moduleOf(event), object, id, event.actor, event.time],
  });
}

const TEXT: JsonSchema = { type: 'string' };
const MENTION: JsonSchema = {
  type: 'object',
  properties: { comment: TEXT, object: TEXT, id: TEXT, by: TEXT, at: TEXT, isRead: { type: 'boolean' } },
};
const MENTIONS: JsonSchema = {
  type: 'object',
  properties: { items: { type: 'array', items: MENTION }, unread: { type: 'integer' } },
};

/** `/mentions`: where the caller was mentioned, in records that they may read; and that they have seen it. */
export function mentionRoutes(core: Pick<Core, 'state'>, database: Pick<Database, 'read' | 'write'>): readonly Route[] {
  return [
    {
      method: 'GET',
      path: '/mentions',
      summary: `The last ${LISTED} comments that mention the caller, and how many of them are unread`,
      query: {},
      answer: MENTIONS,
      handler: async (request) => ({ status: 200, body: await mentionsOf(core, database, request) }),
    },
    {
      method: 'POST',
      path: '/mentions/read',
      summary: 'The caller has read the mentions in one record, or all',
      query: {},
      body: { type: 'object', properties: { id: { ...TEXT, description: 'A record; without it all of them.' } } },
      answer: MENTIONS,
      handler: async (request) => markRead(core, database, request),
    },
  ];
}

async function mentionsOf(core: Pick<Core, 'state'>, database: Pick<Database, 'read'>, { caller }: RouteRequest): Promise<unknown> {
  if (caller.userId === undefined) return { items: [], unread: 0 };
  const { objects } = await core.state();
  const readable = objects.filter((object) => object.state === 'active' && caller.permissions.on(object).read).map(({ name }) => name);
  const rows = await database.read({
    text: `select comment_id, object, record_id, by, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), read_at is not null
      from platform.mention where user_id = $1::uuid and object = any($2::text[]) order by at desc limit ${LISTED}`,
    values: [caller.userId, readable],
  });
  const items = rows.map(([comment, object, id, by, at, isRead]) => ({ comment, object, id, by, at, isRead: isRead === 't' }));
  return { items, unread: items.filter(({ isRead }) => !isRead).length };
}

async function markRead(
  core: Pick<Core, 'state'>,
  database: Pick<Database, 'read' | 'write'>,
  request: RouteRequest,
): Promise<RouteAnswer> {
  const { id, ...others } = isRecord(request.body) ? request.body : {};
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) throw new Refusal('unknown_name', `There is no key ${unknown.slice(0, 60)} here; there is id.`);
  if (id !== undefined && !isUuid(plainText(id)))
    throw invalidValues([{ pointer: '/id', field: 'id', rule: 'format', message: 'Give the id of a record, or none for all.' }]);
  await database.write({
    text: `update platform.mention set read_at = now() where user_id = $1::uuid and read_at is null and ($2::uuid is null or record_id = $2::uuid)`,
    values: [request.caller.userId ?? null, id ?? null],
  });
  return { status: 200, body: await mentionsOf(core, database, request) };
}
