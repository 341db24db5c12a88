import { saveRecord } from '#platform/data/save/save.ts';
import type { Store } from '#platform/data/store.ts';
import type { Caller } from '#platform/kernel/caller.ts';
import { invalidValues, Refusal } from '#platform/kernel/errors.ts';
import type { ObjectDefinition } from '#platform/kernel/model.ts';
import type { RecordValues } from '#platform/kernel/module.ts';
import { hashPassword, hashToken, newToken, passwordProblem } from './secrets.ts';
import { endSessions } from './sessions.ts';

/** Creates a user, with the password they sign in with first. */
export async function createUser(store: Store, caller: Caller, body: RecordValues): Promise<string> {
  const { password, ...values } = body;
  const hash = password === undefined ? null : await checkedHash(password);
  const json = await store.database.transaction(async (transaction) => {
    const saved = await saveRecord(store, caller, { operation: 'create', object: objectNamed(store, 'user'), values }, { transaction });
    if (hash)
      await transaction.query({
        text: 'insert into platform.credential (user_id, password) values ($1, $2)',
        values: [saved.id, hash],
      });
    return saved.json;
  });
  store.wake();
  return json;
}

/** Sets a user's password: their own with the present one proved elsewhere, or anybody's by an administrator. Ends their sessions. */
export async function setPassword(store: Store, userId: string, password: unknown): Promise<void> {
  const hash = await checkedHash(password);
  await store.database.transaction(async (transaction) => {
    await transaction.query({
      text: 'insert into platform.credential (user_id, password) values ($1, $2) on conflict (user_id) do update set password = excluded.password, at = now()',
      values: [userId, hash],
    });
    await endSessions(transaction, userId);
  });
}

async function checkedHash(password: unknown): Promise<string> {
  const problem = passwordProblem(password);
  if (problem) throw invalidValues([{ pointer: '/password', field: 'password', rule: 'password', message: problem }]);
  return hashPassword(String(password));
}

/** Creates an API key. Its secret is in this answer and nowhere else. It may have no role that its maker lacks, unless an administrator makes it. */
export async function createApiKey(store: Store, caller: Caller, body: RecordValues): Promise<string> {
  const roles = Array.isArray(body['roles']) ? body['roles'].map(String) : [...caller.roles];
  const extra = caller.permissions.administrator ? undefined : roles.find((role) => !caller.roles.includes(role));
  if (extra !== undefined) throw new Refusal('not_allowed', `You cannot give a key the role ${extra.slice(0, 60)}, which you do not have.`);
  const secret = newToken('tsk_');
  const values = { ...body, roles, prefix: secret.slice(0, 10), userId: body['userId'] ?? caller.userId };
  const json = await store.database.transaction(async (transaction) => {
    const saved = await saveRecord(
      store,
      caller,
      { operation: 'create', object: objectNamed(store, 'api_key'), values },
      { transaction, asSystem: true },
    );
    await transaction.query({
      text: 'insert into platform.api_key_secret (key_id, secret_hash) values ($1, $2)',
      values: [saved.id, hashToken(secret)],
    });
    return saved.json;
  });
  store.wake();
  return `{"key":${JSON.stringify(secret)},${json.slice(1)}`;
}

function objectNamed(store: Store, name: string): ObjectDefinition {
  const object = store.schema().byName.get(name);
  if (!object)
    throw new Refusal('schema_behind', 'The platform is still starting. Try again in a moment.', {
      retryAfterSeconds: 1,
    });
  return object;
}
