import type { Identity } from '#platform/access/identity.ts';
import type { Database } from '#platform/data/database.ts';
import { loadRecord } from '#platform/data/save/load.ts';
import { saveRecord } from '#platform/data/save/save.ts';
import type { Store } from '#platform/data/store.ts';
import { Refusal } from '#platform/kernel/errors.ts';
import type { RecordValues } from '#platform/kernel/module.ts';
import { systemCaller } from '#platform/kernel/system-caller.ts';
import { hashToken } from './secrets.ts';

/** A session ends after half a day without use, and after a week in any case. */
const IDLE = '12 hours';
const LIFETIME = '7 days';

/** Whose credential a token is; null for one that is unknown, ended or revoked, and for users who may not sign in. */
export async function introspect(store: Store, token: string): Promise<Identity | null> {
  return token.startsWith('tsk_') ? ofKey(store, token) : ofSession(store, token);
}

async function ofSession(store: Store, token: string): Promise<Identity | null> {
  const rows = await store.database.write({
    text: `update platform.session set seen_at = now() where token_hash = $1 and seen_at > now() - interval '${IDLE}' and created_at > now() - interval '${LIFETIME}' returning user_id`,
    values: [hashToken(token)],
  });
  const userId = rows[0]?.[0];
  const user = userId ? await record(store, 'user', userId) : null;
  return user && user['active'] === true ? identityOf('user', String(user['id']), { user, roles: user['roles'] }) : null;
}

async function ofKey(store: Store, token: string): Promise<Identity | null> {
  const [row] = await store.database.read({
    text: 'select key_id from platform.api_key_secret where secret_hash = $1',
    values: [hashToken(token)],
  });
  const key = row?.[0] ? await record(store, 'api_key', row[0]) : null;
  if (!key || key['revokedAt'] !== null || hasExpired(key)) return null;
  const user = typeof key['userId'] === 'string' ? await record(store, 'user', key['userId']) : null;
  if (user?.['active'] !== true) return null;
  await noteUse(store, key);
  const expires = typeof key['expiresAt'] === 'string' ? { expiresAt: key['expiresAt'] } : {};
  return { ...identityOf('key', String(key['id']), { user, roles: key['roles'] }), ...expires };
}

/** A key tells by the day when it was used last: more often, and each use would be a change of it. Somebody else may be noting it now. */
async function noteUse(store: Store, { id, lastUsedAt }: RecordValues): Promise<void> {
  const object = store.schema().byName.get('api_key');
  const now = new Date().toISOString();
  if (!object || (typeof lastUsedAt === 'string' && lastUsedAt.slice(0, 10) === now.slice(0, 10))) return;
  const change = { operation: 'update', object, id: String(id), values: { lastUsedAt: now } } as const;
  await saveRecord(store, systemCaller('platform'), change, { asSystem: true }).catch(ignoreRefusal);
}

function ignoreRefusal(error: unknown): void {
  if (!(error instanceof Refusal)) throw error;
}

function hasExpired(key: RecordValues): boolean {
  return typeof key['expiresAt'] === 'string' && key['expiresAt'] <= new Date().toISOString();
}

function identityOf(kind: Identity['kind'], id: string, of: { user: RecordValues; roles: unknown }): Identity {
  const { user } = of;
  return {
    kind,
    id,
    userId: String(user['id']),
    name: String(user['name']),
    roles: texts(of.roles),
    teamIds: texts(user['teams']),
    companyId: typeof user['homeCompanyId'] === 'string' ? user['homeCompanyId'] : null,
    language: user['language'] === 'de' ? 'de' : 'en',
    timeZone: typeof user['timeZone'] === 'string' ? user['timeZone'] : 'UTC',
  };
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];
}

/** A record of the core's own, whole. */
export async function record(store: Store, name: string, id: string): Promise<RecordValues | null> {
  const index = store.schema();
  const object = index.byName.get(name);
  return object ? loadRecord(store.database.read, { index, object }, { id }) : null;
}

/** Whether anybody can sign in yet: before, the installation waits to be set up. */
export async function hasUsers(database: Database): Promise<boolean> {
  const rows = await database.read({ text: 'select 1 from platform.credential limit 1', values: [] });
  return rows.length > 0;
}
