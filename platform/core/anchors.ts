import type { Database } from '#platform/data/database.ts';
import { Refusal } from '#platform/kernel/errors.ts';
import type { JsonSchema } from '#platform/kernel/field-types/field-type.ts';
import { on, type Reaction } from '#platform/kernel/module.ts';
import type { Route } from '#platform/kernel/route.ts';

/**
 * Where the chain of the event store had come to, kept in another database than the chain, so that it is missed when it is cut off or made anew. Only ever added to. A list of
 * migrations; never change one that was released.
 */
export const ANCHOR_MIGRATIONS: readonly string[] = [
  `create table platform.anchor (
     event_id uuid primary key, position bigint not null, hash text not null, seal text not null, at timestamptz not null);
   create index anchor_position on platform.anchor (position);
   create function platform.keep_anchors() returns trigger language plpgsql as $$
     begin raise exception 'Anchors are only ever added.' using errcode = '42501'; end $$;
   create trigger only_added before update or delete on platform.anchor for each row execute function platform.keep_anchors();`,
];

const PAGE = 1_000;
const TEXT: JsonSchema = { type: 'string' };

/** Keeps each anchor that the audit service tells of. */
export function anchorReactions(database: Pick<Database, 'write'>): readonly Reaction[] {
  return [
    on('audit', 'HeadAnchored', 'keepAnchor', async (_work, { id, time, data }) => {
      await database.write({
        text: `insert into platform.anchor (event_id, position, hash, seal, at) values ($1::uuid, $2::bigint, $3, $4, $5::timestamptz) on conflict do nothing`,
        values: [id, data['position'], data['hash'], data['seal'], time],
      });
    }),
  ];
}

/** `GET /internal/anchors?after=`: the anchors behind a position, a page at a time, for the service that checks the chain against them. */
export function anchorRoute(database: Pick<Database, 'read'>): Route {
  return {
    method: 'GET',
    path: '/internal/anchors',
    access: 'service',
    query: { after: TEXT },
    handler: async ({ query }) => {
      const after = query['after'] ?? '0';
      if (typeof after !== 'string' || !/^\d{1,18}$/.test(after)) throw new Refusal('malformed_request', '"after" is a position.');
      const rows = await database.read({
        text: `select position, hash, seal from platform.anchor where position > $1::bigint order by position limit ${PAGE}`,
        values: [after],
      });
      return { status: 200, body: { items: rows.map(([position, hash, seal]) => ({ position, hash, seal })) } };
    },
  };
}
