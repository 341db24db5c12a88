import { CHAIN_HEADS } from '../ddl/chains.ts';
import { REFUSE_COUNT } from '../ddl/counts.ts';
import { KEEP_ISSUED } from '../ddl/issued.ts';
import { TEXT_RANGE } from '../ddl/overlaps.ts';
import { REFUSE_SEALED } from '../ddl/seals.ts';
import { LEARN_BY_INDEX, LEARN_WORDS } from '../ddl/words.ts';
import { FORGET } from '../save/erase.ts';
import { SEARCH_FUNCTIONS, WORDS_BY_PATTERN } from '../search.ts';

/**
 * The platform's own tables in every service's database, as a list of migrations: applied in order, once each, in one transaction.
 * Never change one that was released; add another.
 */
export const PLATFORM_MIGRATIONS: readonly string[] = [
  `create schema if not exists records;
   create schema if not exists mirror;
   ${SEARCH_FUNCTIONS}
   create table platform.outbox (
     position bigint generated always as identity primary key,
     transaction xid8 not null default pg_current_xact_id(),
     id uuid not null, type text not null, object text, record_id uuid, subject text not null,
     time timestamptz not null default now(), actor text not null, correlation_id text not null, causation_id text,
     object_version integer not null, metadata_version bigint not null, data jsonb not null);
   create index outbox_transaction on platform.outbox (transaction, position);
   create index outbox_record on platform.outbox (record_id, position);
   create table platform.relay (name text primary key, from_transaction xid8, to_transaction xid8, position bigint);
   create table platform.inbox (consumer text not null, event_id uuid not null, at timestamptz not null default now(), primary key (consumer, event_id));
   create table platform.attempt (
     consumer text not null, event_id uuid not null, starts integer not null, at timestamptz not null default now(), primary key (consumer, event_id));
   create table platform.dead_letter (
     id uuid primary key, consumer text not null, event jsonb, received text not null, reason text not null, stack_hash text not null,
     attempts integer not null, replays integer not null default 0, headers jsonb not null, state text not null default 'open',
     at timestamptz not null default now(), resolved_at timestamptz, resolved_by text);
   create index dead_letter_state on platform.dead_letter (state, at);
   create table platform.applied_metadata (
     singleton boolean primary key default true check (singleton), version bigint not null, schema jsonb not null, at timestamptz not null default now());
   create table platform.mirror_state (object text primary key, fields text not null, at timestamptz not null default now());
   create table platform.number_series (series text primary key, last bigint not null);
   create table platform.idempotency (
     caller text not null, key text not null, fingerprint text not null, status integer, headers jsonb, body text,
     at timestamptz not null default now(), primary key (caller, key));
   create index idempotency_at on platform.idempotency (at);
   create table platform.command_result (
     object text not null, record_id uuid not null, command text not null, result jsonb not null,
     at timestamptz not null default now(), primary key (object, record_id, command));
   create table platform.job (
     id uuid primary key, kind text not null, key text unique, state text not null, done bigint not null default 0, total bigint,
     input jsonb not null, checkpoint jsonb, result jsonb, errors jsonb not null default '[]', wanted text, attempts integer not null default 0,
     lease uuid, lease_until timestamptz, run_after timestamptz not null default now(), by text not null, at timestamptz not null default now(),
     started_at timestamptz, ended_at timestamptz);
   create index job_waiting on platform.job (run_after) where state in ('queued', 'running');`,
  `create table platform.file (
     id uuid primary key, name text not null, type text not null default '', size bigint not null default 0, hash text not null default '',
     by text not null, state text not null default 'arriving', at timestamptz not null default now(), unheld_since timestamptz default now());
   create index file_unheld on platform.file (unheld_since) where unheld_since is not null;
   create table platform.file_chunk (
     file_id uuid not null references platform.file on delete cascade, position integer not null, hash text not null, bytes bytea not null,
     primary key (file_id, position));
   alter table platform.file_chunk alter column bytes set storage external;
   create table platform.file_thumbnail (
     file_id uuid not null references platform.file on delete cascade, edge integer not null, bytes bytea not null, primary key (file_id, edge));
   create table platform.file_holder (
     file_id uuid not null references platform.file, object text not null, record_id uuid not null, field text not null,
     by text not null, at timestamptz not null default now(), primary key (file_id, object, record_id, field));
   create index file_holder_record on platform.file_holder (record_id);`,
  REFUSE_SEALED,
  // Kept as it was written: taking a text apart into jsonb costs a third of what an event costs, and nobody searches in it.
  'alter table platform.outbox alter column data type json using data::json;',
  'create index inbox_at on platform.inbox using brin (at);',
  REFUSE_COUNT,
  `create table platform.comment (
     id uuid primary key, object text not null, record_id uuid not null, text text not null, html text not null, mentions uuid[] not null default '{}',
     by text not null, at timestamptz not null default now(), edited_at timestamptz);
   create index comment_record on platform.comment (record_id, id);`,
  WORDS_BY_PATTERN,
  `create table platform.import_preset (
     object text not null, headers text not null, owner text not null, options jsonb not null, at timestamptz not null default now(),
     primary key (object, headers, owner));`,
  `create table platform.document (
     id uuid primary key, object text not null, record_id uuid not null, record_version integer not null, file_id uuid not null references platform.file,
     language text not null, template integer, by text not null, at timestamptz not null default now());
   create index document_record on platform.document (record_id, at);
   create table platform.document_template (
     object text not null, language text not null, version integer not null, source text, by text not null, at timestamptz not null default now(),
     primary key (object, language, version));
   create table platform.document_picture (id uuid primary key, name text not null, bytes bytea not null, at timestamptz not null default now());
   ${KEEP_ISSUED}`,
  `create table platform.alias (id uuid primary key, object text not null, into_id uuid not null, at timestamptz not null default now());
   create index alias_into on platform.alias (into_id);`,
  // Once more, for databases that have had its first text, which knew of no merges.
  REFUSE_SEALED,
  LEARN_WORDS,
  FORGET,
  LEARN_BY_INDEX,
  CHAIN_HEADS,
  `${TEXT_RANGE}
   create table platform.shipped (
     object text not null, key text not null, record_id uuid not null, shipped jsonb not null, at timestamptz not null default now(),
     primary key (object, key));`,
  `alter table platform.outbox add column work_date date;
   alter table platform.number_series add column last_day date;`,
];
