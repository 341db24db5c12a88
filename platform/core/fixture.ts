import { randomUUID } from 'node:crypto';
import pg from 'pg';
import type { Caller } from '#platform/kernel/caller.ts';
import type { FieldDefinition, ObjectDefinition } from '#platform/kernel/model.ts';
import { permissionsOf } from '#platform/kernel/permissions.ts';
import { openDatabase, type Database } from '#platform/data/database.ts';
import { prepareDatabase } from '#platform/data/prepare/prepare-database.ts';
import type { AskFit } from '#platform/metadata/fit.ts';
import type { StandardLayer } from '#platform/metadata/load.ts';
import { systemFields } from '#platform/metadata/system-fields.ts';
import { createCore, type Core } from './core.ts';
import { CORE_MIGRATIONS } from './tables.ts';

/** A caller with these roles, for tests. */
export function callerWith(roles: readonly string[], language: 'en' | 'de' = 'en'): Caller {
  const userId = randomUUID();
  return {
    kind: 'user',
    actor: `user:${userId}`,
    userId,
    name: 'Ada',
    roles,
    teamIds: [],
    language,
    timeZone: 'UTC',
    permissions: permissionsOf(roles),
  };
}

/** A core on a database of its own. `more` opens another replica on the same database. */
export type CoreFixture = {
  readonly core: Core;
  readonly database: Database;
  readonly open: (standard?: StandardLayer, clock?: () => Date) => Promise<Core>;
  readonly fits: { answer: Awaited<ReturnType<AskFit>>; readonly asked: Parameters<AskFit>[] };
  readonly drop: () => Promise<void>;
};

/** Makes the database with the platform's and the core's tables, and opens the core on a small standard layer. */
export async function createCoreFixture(server: string, standard: StandardLayer = smallStandard()): Promise<CoreFixture> {
  const name = `core_${randomUUID().slice(0, 8)}`;
  const urls = await prepareDatabase({ adminUrl: server, database: name, secret: 'test', tables: { core: CORE_MIGRATIONS } });
  const databases: Database[] = [];
  const fits: CoreFixture['fits'] = { answer: { affected: 0, doNotFit: 0, samples: [] }, asked: [] };
  const open: CoreFixture['open'] = async (layer = standard, clock) => {
    const database = openDatabase({ name, url: urls.appUrl, connections: 4 });
    databases.push(database);
    const fit: AskFit = async (...asked) => (fits.asked.push(asked), fits.answer);
    return createCore({
      store: { database, wake: () => undefined },
      standard: layer,
      modules: ['platform', 'offers', 'customers', 'audit'],
      fit,
      ...(clock ? { clock } : {}),
    });
  };
  const core = await open();
  const drop = async (): Promise<void> => {
    await Promise.all(databases.map((database) => database.close()));
    const admin = new pg.Client({ connectionString: server });
    await admin.connect();
    await admin.query(`drop database ${name} with (force)`);
    for (const role of ['app', 'migrator']) await admin.query(`drop role if exists ${name}_${role}`);
    await admin.end();
  };
  const database = databases[0];
  if (!database) throw new Error('The core has opened its database');
  return { core, database, open, fits, drop };
}

/** Two small objects of two modules and what the platform always has. */
export function smallStandard(change: (object: ObjectDefinition) => ObjectDefinition = (object) => object): StandardLayer {
  const platform = ['company', 'team', 'user'].map((name) => smallObject('platform', name));
  return {
    objects: [smallObject('customers', 'customer'), smallOffer(), ...platform].map(change),
    roles: ['administrator', 'sales', 'viewer'].map((name) => ({ name, label: { en: name } })),
    fingerprint: 'test',
  };
}

function smallOffer(): ObjectDefinition {
  const customer = { type: 'lookup', target: 'customer', label: { en: 'Customer' }, column: 'customer', state: 'active' } as const;
  return smallObject('offers', 'offer', {
    features: { owner: true, history: true },
    layouts: [{ id: 'offer.list', name: 'list', columns: ['offer.name'] }],
    fields: [text('offer', 'subject'), { id: 'offer.customer', name: 'customer', ...customer }],
  });
}

function smallObject(module: string, name: string, more: Partial<ObjectDefinition> = {}): ObjectDefinition {
  return {
    id: name,
    name,
    module,
    collection: `${name}s`,
    label: { en: name },
    pluralLabel: { en: `${name}s` },
    table: name,
    state: 'active',
    titleField: 'name',
    features: { history: true },
    commands: [],
    access: { sales: { read: true, create: true, edit: true } },
    layouts: [],
    views: [],
    version: 0,
    ...more,
    fields: [
      ...systemFields({ id: name, features: more.features ?? {} }),
      { ...text(name, 'name'), required: true },
      ...(more.fields ?? []),
    ],
  };
}

function text(object: string, name: string): FieldDefinition {
  return { id: `${object}.${name}`, name, type: 'text', label: { en: name }, column: name, state: 'active' };
}
