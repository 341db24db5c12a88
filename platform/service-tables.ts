import { ANCHOR_MIGRATIONS } from './core/anchors.ts';
import { IDENTITY_MIGRATIONS } from './core/identity/tables.ts';
import { MENTION_MIGRATIONS } from './core/mentions.ts';
import { CORE_MIGRATIONS } from './core/tables.ts';
import { EVENT_STORE_MIGRATIONS } from './data/event-store/tables.ts';
import type { Migrations } from './data/prepare/prepare-database.ts';
import type { Module } from './kernel/module.ts';
import type { ServiceName } from './kernel/services.ts';

/** The core's tables beside those that every service has. */
export const CORE_TABLES: Migrations = {
  core: CORE_MIGRATIONS,
  identity: IDENTITY_MIGRATIONS,
  mentions: MENTION_MIGRATIONS,
  anchors: ANCHOR_MIGRATIONS,
};

/** Those of another service. */
export function tablesOf(modules: readonly Module[], name: ServiceName): Migrations {
  return modules.some((module) => module.name === name && module.storesEvents) ? { events: EVENT_STORE_MIGRATIONS } : {};
}
