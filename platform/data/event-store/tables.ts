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

/**
 * Which records an event is about or names, each with the time and the id of the event: whatever happened to a record is found in the order of time, however much there is and however little. By an index over lists of ids PostgreSQL finds
 * them without an order, and takes any of them for frequent: it walked the whole store for what had happened to one document. Type and actor have an index together, since each may be frequent and both together never be.
 */
const ABOUT = `
create table event_store.about (record_id uuid not null, time timestamptz not null, event_id uuid not null) partition by range (time);
create function event_store.prepare_about(name text, bounds text) returns void language plpgsql set search_path = pg_catalog as $$
begin
  execute format('create table event_store.%I (like event_store.about)', 'about_' || name);
  execute format('insert into event_store.%I select distinct record, e.time, e.id from event_store.%I e,
    unnest(array_append(e.mentions::uuid[], e.record_id)) as record where record is not null', 'about_' || name, 'event_' || name);
  execute format('alter table event_store.about attach partition event_store.%I %s', 'about_' || name, bounds);
end $$;
do $$
declare part record;
begin
  for part in select substr(c.relname, 7) as name, pg_get_expr(c.relpartbound, c.oid) as bounds from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent = 'event_store.event'::regclass loop
    perform event_store.prepare_about(part.name, part.bounds);
  end loop;
end $$;
alter table event_store.about add primary key (record_id, time, event_id);
create or replace function event_store.prepare_month(day date) returns void language plpgsql security definer set search_path = pg_catalog as $$
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
  execute format('create table event_store.%I partition of event_store.about %s', 'about_' || name, bounds);
exception when check_violation then
  return;
end $$;
drop function event_store.prepare_about(text, text);
drop index event_store.event_mentions;
create index event_type_actor on event_store.event (type, actor, time, id);
create view records.event_of_record with (security_invoker = true) as
select a.event_id as id, 1 as version, e.stored_at as created_at, e.actor as created_by, e.stored_at as updated_at, e.actor as updated_by,
  null::timestamptz as deleted_at, null::uuid as owner_id, null::uuid as team_id, null::uuid as company_id,
  a.record_id as about, e.position, e.source, e.type, e.subject, e.object, e.record_id as record, a.time, e.actor, e.correlation_id as correlation, e.causation_id as causation
from event_store.about a join event_store.event e on e.id = a.event_id and e.time = a.time;
do $$
declare app text := current_database() || '_app';
begin
  if exists (select from pg_roles where rolname = app) then execute format('grant select, insert on event_store.about to %I', app); end if;
end $$;`;

/** Migrations of the service that stores events. Never change one that was released; add another. */
export const EVENT_STORE_MIGRATIONS: readonly string[] = [
  `${TABLES}${ONLY_ADDED_TO}${PREPARE_MONTH}${VIEW}${GRANTS}`,
  FORGET,
  SHADOWS,
  ABOUT,
];
