/** The core's tables for credentials. Only hashes are stored; nothing of them is in events or answers. A list of migrations; never change one that was released. */
export const IDENTITY_MIGRATIONS: readonly string[] = [
  `create table platform.credential (user_id uuid primary key, password text not null, at timestamptz not null default now());
   create table platform.session (
     id uuid primary key, token_hash bytea not null unique, user_id uuid not null, created_at timestamptz not null default now(), seen_at timestamptz not null default now());
   create index session_by_user on platform.session (user_id);
   create table platform.api_key_secret (key_id uuid primary key, secret_hash bytea not null unique);
   create table platform.setup_token (singleton boolean primary key default true check (singleton), token_hash bytea not null, at timestamptz not null default now());`,
];
