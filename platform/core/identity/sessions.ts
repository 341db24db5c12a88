import type { Statement, Transaction } from '#platform/data/database.ts';
import { checkDeclared } from '#platform/data/commands/declared-event.ts';
import { outboxInsert, outboxValues } from '#platform/data/save/outbox-row.ts';
import { saveRecord } from '#platform/data/save/save.ts';
import type { Store } from '#platform/data/store.ts';
import { countAttempt, rateLimit } from '#platform/http/rate-limit.ts';
import { Refusal } from '#platform/kernel/errors.ts';
import { systemCaller } from '#platform/kernel/system-caller.ts';
import { uuidV7 } from '#platform/kernel/uuid.ts';
import { loginFailed, sessionEnded } from './identity-events.ts';
import { hashToken, isPassword, newToken } from './secrets.ts';

/** A session that has just begun; the token is shown here only. */
export type NewSession = { readonly token: string; readonly userId: string };

/** Attempts a minute for one account, and for one address, behind which a whole office may sit. */
const byAccount = rateLimit('account', 5);
const byAddress = rateLimit('address', 20);

/** Begins a session for a user who is known to be who they are. */
export async function openSession(transaction: Transaction, userId: string): Promise<NewSession> {
  const token = newToken('tss_');
  await transaction.query({
    text: 'insert into platform.session (id, token_hash, user_id) values ($1, $2, $3)',
    values: [uuidV7(), hashToken(token), userId],
  });
  return { token, userId };
}

/** Signs in by e-mail and password. The refusal does not say which of them is wrong; every failure is an event. */
export async function signIn(store: Store, given: { email: unknown; password: unknown; address: string }): Promise<NewSession> {
  const email = typeof given.email === 'string' ? given.email.trim() : '';
  await countAttempt([
    [byAddress, given.address],
    [byAccount, email.toLowerCase()],
  ]);
  const object = store.schema().byName.get('user');
  const [row] = await store.database.read({
    text: `select u.id, c.password from records.${object?.table ?? '"user"'} u join platform.credential c on c.user_id = u.id where lower(u.email) = lower($1) and u.deleted_at is null and u.active`,
    values: [email],
  });
  const isRight = await isPassword(typeof given.password === 'string' ? given.password : '', row?.[1] ?? null);
  if (!isRight || !row?.[0]) {
    await tellFailure(store, { email, address: given.address });
    throw new Refusal('wrong_credentials', 'E-mail or password is wrong.');
  }
  const userId = row[0];
  await byAccount.delete(email.toLowerCase());
  await byAddress.reward(given.address);
  const session = await store.database.transaction(async (transaction) => {
    const values = { lastSeenAt: new Date().toISOString() };
    if (object)
      await saveRecord(
        store,
        systemCaller('platform'),
        { operation: 'update', object, id: userId, values },
        { transaction, asSystem: true },
      );
    return openSession(transaction, userId);
  });
  store.wake();
  return session;
}

/** The event carries the e-mail as it was typed, cut short, never the password. */
async function tellFailure(store: Store, at: { email: string; address: string }): Promise<void> {
  const subject = `login/${at.email.slice(0, 100)}`;
  const data = { email: at.email.slice(0, 254), address: at.address };
  await store.database.write(fact(store, { type: loginFailed.type, subject, actor: 'anonymous', data }));
  store.wake();
}

/** Ends the session of a token, in every service that has seen it. */
export async function signOut(store: Store, token: string): Promise<void> {
  await store.database.transaction(async (transaction) => {
    const text = 'delete from platform.session where token_hash = $1 returning user_id';
    const [row] = await transaction.query({ text, values: [hashToken(token)] });
    if (row?.[0]) await transaction.query(ending(store, row[0]));
  });
  store.wake();
}

/** Ends all sessions of a user: their password or rights have changed. The caller wakes the relay. */
export async function endSessions(store: Store, transaction: Transaction, userId: string): Promise<void> {
  await transaction.query({ text: 'delete from platform.session where user_id = $1', values: [userId] });
  await transaction.query(ending(store, userId));
}

function ending(store: Store, userId: string): Statement {
  return fact(store, { type: sessionEnded.type, subject: `user/${userId}`, actor: `user:${userId}`, data: { userId } });
}

type Fact = { readonly type: string; readonly subject: string; readonly actor: string; readonly data: { readonly [key: string]: string } };

/** The statement that puts an event which is about no record into the outbox. */
function fact(store: Store, { type, subject, actor, data }: Fact): Statement {
  checkDeclared([loginFailed, sessionEnded], type, data);
  const nothing = { object: null, recordId: null, correlationId: undefined, causationId: undefined, objectVersion: 0 };
  const row = { type, subject, actor, data, ...nothing, metadataVersion: store.schema().version };
  return { text: outboxInsert(1, ''), values: outboxValues(row) };
}
