import type { Saved } from '#platform/data/save/change.ts';
import { saveRecord } from '#platform/data/save/save.ts';
import type { Store } from '#platform/data/store.ts';
import type { Caller } from '#platform/kernel/caller.ts';
import { invalidValues, Refusal } from '#platform/kernel/errors.ts';
import type { ObjectDefinition } from '#platform/kernel/model.ts';
import type { RecordValues } from '#platform/kernel/module.ts';
import { hashPassword, hashToken, isPassword, newToken, passwordProblem } from './secrets.ts';
import { endSessions } from './sessions.ts';

/** What a new record answers with besides its status. */
export type Made = { readonly body: string; readonly headers: { readonly [name: string]: string } };

/** Creates a user, with the password they sign in with first. */
export async function createUser(store: Store, caller: Caller, body: RecordValues): Promise<Made> {
  const { password, ...values } = body;
  const hash = password === undefined ? null : await checkedHash(password);
  const saved = await store.database.transaction(async (transaction) => {
    const user = await saveRecord(store, caller, { operation: 'create', object: objectNamed(store, 'user'), values }, { transaction });
    if (hash)
      await transaction.query({
        text: 'insert into platform.credential (user_id, password) values ($1, $2)',
        values: [user.id, hash],
      });
    return user;
  });
  store.wake();
  return { body: saved.json, headers: headersOf(saved, 'users') };
}

function headersOf(saved: Saved, collection: string): Made['headers'] {
  return { ETag: `"${saved.version}"`, Location: `/api/platform/${collection}/${saved.id}` };
}

/** Refuses who does not know the present password of a user. */
export async function provePassword(store: Store, userId: string, password: unknown): Promise<void> {
  const [row] = await store.database.read({ text: 'select password from platform.credential where user_id = $1', values: [userId] });
  if (await isPassword(typeof password === 'string' ? password : '', row?.[0] ?? null)) return;
  const message = 'Give the present password as currentPassword; this one is not right.';
  const label = { en: 'Present password', de: 'Jetziges Passwort' };
  throw invalidValues([{ pointer: '/currentPassword', field: 'currentPassword', rule: 'password', message, label }]);
}

/** Sets a user's password: their own with the present one proved elsewhere, or anybody's by an administrator. Ends their sessions. */
export async function setPassword(store: Store, userId: string, password: unknown): Promise<void> {
  const hash = await checkedHash(password);
  await store.database.transaction(async (transaction) => {
    await transaction.query({
      text: 'insert into platform.credential (user_id, password) values ($1, $2) on conflict (user_id) do update set password = excluded.password, at = now()',
      values: [userId, hash],
    });
    await endSessions(store, transaction, userId);
  });
  store.wake();
}

async function checkedHash(password: unknown): Promise<string> {
  const problem = passwordProblem(password, '/password');
  if (problem) throw invalidValues([problem]);
  return hashPassword(String(password));
}

/** Creates an API key. Its secret is in this answer and nowhere else. It may have no role that its maker lacks, unless an administrator makes it. */
export async function createApiKey(store: Store, caller: Caller, body: RecordValues): Promise<Made> {
  const roles = Array.isArray(body['roles']) ? body['roles'].map(String) : [...caller.roles];
  const extra = caller.permissions.administrator ? undefined : roles.find((role) => !caller.roles.includes(role));
  if (extra !== undefined) throw new Refusal('not_allowed', `You cannot give a key the role ${extra.slice(0, 60)}, which you do not have.`);
  const object = objectNamed(store, 'api_key');
  const given = object.fields.find((field) => field.readOnly === true && Object.hasOwn(body, field.name));
  if (given) {
    const message = `${given.label.en} is set by the platform and cannot be written.`;
    throw invalidValues([{ pointer: `/${given.name}`, field: given.name, rule: 'readOnly', message }]);
  }
  const secret = newToken('tsk_');
  const values = { ...body, roles, prefix: secret.slice(0, 10), userId: body['userId'] ?? caller.userId };
  const saved = await store.database.transaction(async (transaction) => {
    const key = await saveRecord(store, caller, { operation: 'create', object, values }, { transaction, asSystem: true });
    await transaction.query({
      text: 'insert into platform.api_key_secret (key_id, secret_hash) values ($1, $2)',
      values: [key.id, hashToken(secret)],
    });
    return key;
  });
  store.wake();
  return { body: `{"key":${JSON.stringify(secret)},${saved.json.slice(1)}`, headers: headersOf(saved, 'api-keys') };
}

function objectNamed(store: Store, name: string): ObjectDefinition {
  const object = store.schema().byName.get(name);
  if (!object)
    throw new Refusal('schema_behind', 'The platform is still starting. Try again in a moment.', {
      retryAfterSeconds: 1,
    });
  return object;
}
