/**
 * The event store: a table of events that is only ever added to, one part for each month of the events' time, in UTC. What an event carries stands beside it, under a
 * salt, so that it can be taken away while the chain, which covers the digest of both, still verifies. `position` counts all events without a gap;
 * who appends holds `head`, the end of the chain.
 */
const TABLES = `
create schema event_store;
create table event_store.head (singleton boolean primary key default true check (singleton), position bigint not null, hash bytea not null);
insert into event_store.head (position, hash) values (0, '');
create table event_store.event (
  position bigint not null, id uuid not null, source text not null, type text not null, subject text not null, object text, record_id uuid,
  mentions text[] not null, time timestamptz not null, actor text not null, correlation_id text not null, causation_id text, work_date date,
  object_version integer not null, metadata_version bigint not null, stored_at timestamptz not null,
  payload_hash bytea not null, previous bytea not null, hash bytea not null,
  primary key (id, time)) partition by range (time);
create index event_position on event_store.event (position);
create index event_time on event_store.event (time, id);
create index event_record on event_store.event (record_id, time, id);
create index event_type on event_store.event (type, time, id);
create index event_actor on event_store.event (actor, time, id);
create index event_correlation on event_store.event (correlation_id, time, id);
create index event_mentions on event_store.event using gin (mentions);
create table event_store.payload (
  position bigint not null, time timestamptz not null, salt bytea, payload text, erased_at timestamptz,
  primary key (position, time)) partition by range (time);
create table event_store.event_other partition of event_store.event default;
create table event_store.payload_other partition of event_store.payload default;`;

/** What no role of the application may do is refused to whoever owns the tables as well. */
const ONLY_ADDED_TO = `
create function event_store.refuse() returns trigger language plpgsql as $$
begin
  raise exception 'The event store is only ever added to.' using errcode = '42501';
end $$;
create trigger only_added_to before update or delete on event_store.event for each row execute function event_store.refuse();`;

/**
 * The tables of the month in which a day lies. A month far from now has none: what claims to be of then goes where all such events are, and so does what
 * is of a month of which events went there before.
 */
const PREPARE_MONTH = `
create function event_store.prepare_month(day date) returns void language plpgsql security definer set search_path = pg_catalog as $$
declare
  first date := make_date(extract(year from day)::integer, extract(month from day)::integer, 1);
  bounds text := format('for values from (%L) to (%L)', first::text || ' 00:00:00+00', (first + interval '1 month')::date::text || ' 00:00:00+00');
  name text := to_char(first, 'YYYY_MM');
begin
  if first < date '2000-01-01' or first > current_date + 400 then return; end if;
  perform pg_advisory_xact_lock(hashtextextended('event_store.prepare_month', 0));
  if to_regclass('event_store.event_' || name) is not null then return; end if;
  execute format('create table event_store.%I partition of event_store.event %s', 'event_' || name, bounds);
  execute format('create table event_store.%I partition of event_store.payload %s', 'payload_' || name, bounds);
exception when check_violation then
  return;
end $$;`;

/** The events as the record API reads them. It looks with the rights of who asks, so that nothing can be written through it. */
const VIEW = `
create view records.event with (security_invoker = true) as
select e.id, 1 as version, e.stored_at as created_at, e.actor as created_by, e.stored_at as updated_at, e.actor as updated_by,
  null::timestamptz as deleted_at, null::uuid as owner_id, null::uuid as team_id, null::uuid as company_id,
  e.position, e.source, e.type, e.subject, e.object, e.record_id as record, e.mentions, e.time, e.actor, e.correlation_id as correlation,
  e.causation_id as causation, e.work_date, e.object_version, e.metadata_version,
  (select p.payload::json from event_store.payload p where p.position = e.position and p.time = e.time) as data,
  (select p.erased_at from event_store.payload p where p.position = e.position and p.time = e.time) as erased_at,
  encode(e.payload_hash, 'hex') as payload_hash, encode(e.previous, 'hex') as previous, encode(e.hash, 'hex') as hash
from event_store.event e;`;

const GRANTS = `
do $$
declare app text := current_database() || '_app';
begin
  if not exists (select from pg_roles where rolname = app) then return; end if;
  execute format('grant usage on schema event_store to %1$I; grant select, insert on event_store.event, event_store.payload to %1$I;
    grant select, update on event_store.head to %1$I', app);
end $$;`;

/**
 * What a person may have forgotten: of events of one record the values that are named, in what they carry. With the salt goes what could prove the rest, and what could be used to guess what was
 * there. It is noted, so that what comes later is treated alike.
 */
const FORGET = `
create table event_store.erasure (record_id uuid not null, until timestamptz not null, names text[] not null, primary key (record_id, until));
create function event_store.forget(erased uuid, named text[], last timestamptz) returns void language sql security definer set search_path = pg_catalog as $$
  insert into event_store.erasure (record_id, until, names) values (erased, last, named) on conflict do nothing;
  update event_store.payload p set salt = null, erased_at = now(), payload = (
    select json_object_agg(part, case
      when part in ('record', 'changed') and jsonb_typeof(content) = 'object' then (
        select coalesce(jsonb_object_agg(field, case
          when field = any (named) and part = 'record' then 'null'::jsonb
          when field = any (named) then '{"old": null, "new": null}'::jsonb
          else value end), '{}'::jsonb) from jsonb_each(content) as fields(field, value))
      else content end)::text from jsonb_each(p.payload::jsonb) as parts(part, content))
  from event_store.event e
  where e.record_id = erased and e.time <= last and p.position = e.position and p.time = e.time
    and ((p.payload::jsonb -> 'record') ?| named or (p.payload::jsonb -> 'changed') ?| named)
$$;
do $$
declare app text := current_database() || '_app';
begin
  if exists (select from pg_roles where rolname = app) then execute format('grant select on event_store.erasure to %I', app); end if;
end $$;`;

/**
 * Tables into which records are rebuilt from their events. They are made and let go by functions, as the application's role may make none, and are not logged: what a server that crashed has emptied lacks
 * its first row, and is rebuilt.
 */
const SHADOWS = `
create function event_store.open_shadow(shadow uuid) returns void language plpgsql security definer set search_path = pg_catalog as $$
declare
  app text := current_database() || '_app';
  name text := 'shadow_' || replace(shadow::text, '-', '');
begin
  execute format('drop table if exists event_store.%I', name);
  execute format('create unlogged table event_store.%I (id uuid primary key, version integer not null, life integer not null, is_gone boolean not null, record json)', name);
  execute format('insert into event_store.%I values (%L, 0, 0, true, null)', name, '00000000-0000-0000-0000-000000000000');
  if exists (select from pg_roles where rolname = app) then execute format('grant select, insert, update on event_store.%I to %I', name, app); end if;
end $$;
create function event_store.drop_shadow(shadow uuid) returns void language plpgsql security definer set search_path = pg_catalog as $$
begin
  execute format('drop table if exists event_store.%I', 'shadow_' || replace(shadow::text, '-', ''));
end $$;`;

/** Migrations of the service that stores events. Never change one that was released; add another. */
export const EVENT_STORE_MIGRATIONS: readonly string[] = [`${TABLES}${ONLY_ADDED_TO}${PREPARE_MONTH}${VIEW}${GRANTS}`, FORGET, SHADOWS];
