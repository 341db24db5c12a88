/**
 * The core's own tables, besides those of every service: the log of metadata versions, the customised layer, what of the standard
 * layer was seen last, which version each service has applied, and private list views. A list of migrations; never change one that was released.
 */
export const CORE_MIGRATIONS: readonly string[] = [
  `create schema if not exists platform;
   create table platform.metadata_version (
     version bigint primary key, at timestamptz not null, actor text not null, actor_name text not null, kind text not null,
     summary jsonb not null, changes jsonb not null, forward jsonb not null, inverse jsonb not null,
     objects text[] not null, modules text[] not null, owners text[] not null, conflicts jsonb not null, undoes bigint, undone_by bigint);
   create table platform.customisation (
     target text not null, position integer not null, op text not null, path text not null, value jsonb, base jsonb, after jsonb,
     version bigint not null, primary key (target, position));
   create table platform.object_version (object text primary key, version bigint not null);
   create table platform.standard_object (object text primary key, definition jsonb not null);
   create table platform.service_state (module text primary key, version bigint not null, error text, at timestamptz not null default now());
   create table platform.private_view (
     id uuid primary key, object text not null, owner uuid not null, view jsonb not null, at timestamptz not null default now());
   create unique index private_view_name on platform.private_view (object, owner, (view ->> 'name'));`,
];
