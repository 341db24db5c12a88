import type { Transaction } from '#platform/data/database.ts';
import { saveRecord } from '#platform/data/save/save.ts';
import type { Store } from '#platform/data/store.ts';
import { invalidValues, Refusal, type FieldError } from '#platform/kernel/errors.ts';
import { isRecord } from '#platform/kernel/is-record.ts';
import type { RecordValues } from '#platform/kernel/module.ts';
import { systemCaller } from '#platform/kernel/system-caller.ts';
import { onlyKeys } from './body.ts';
import { hasUsers } from './introspect.ts';
import { hashPassword, hashToken, newToken, passwordProblem } from './secrets.ts';
import { openSession, type NewSession } from './sessions.ts';

/** A new one-time token while nobody can sign in; null afterwards. The link printed before stops working. */
export async function renewSetupToken(store: Store): Promise<string | null> {
  if (await hasUsers(store.database)) return null;
  const token = newToken('');
  await store.database.write({
    text: 'insert into platform.setup_token (token_hash) values ($1) on conflict (singleton) do update set token_hash = excluded.token_hash, at = now()',
    values: [hashToken(token)],
  });
  return token;
}

/** Whether this is the token of the link that was printed last; it stays what it is. */
export async function isSetupToken(store: Store, token: string): Promise<boolean> {
  const rows = await store.database.read({ text: 'select 1 from platform.setup_token where token_hash = $1', values: [hashToken(token)] });
  return rows.length > 0;
}

/** Sets up an empty installation, once: the first company, its first administrator, and a session for them. */
export async function setUp(store: Store, body: { readonly [key: string]: unknown }): Promise<NewSession> {
  const company = isRecord(body['company']) ? body['company'] : {};
  const user = isRecord(body['user']) ? body['user'] : {};
  onlyKeys(body, ['token', 'company', 'user']);
  onlyKeys(company, ['name', 'country', 'currency', 'timeZone'], '/company');
  onlyKeys(user, ['name', 'email', 'password', 'language'], '/user');
  const problem = passwordProblem(user['password'], '/user/password');
  if (problem) throw invalidValues([problem]);
  const password = await hashPassword(String(user['password']));
  const session = await store.database.transaction(async (transaction) => {
    await claim(store, transaction, body['token']);
    const companyId = await save(store, transaction, {
      object: 'company',
      values: companyValues(company),
      at: '/company',
    });
    const { name, email, language } = user;
    const values = {
      name,
      email,
      roles: ['administrator'],
      homeCompanyId: companyId,
      timeZone: companyValues(company)['timeZone'],
      language: language === 'de' ? 'de' : 'en',
    };
    const userId = await save(store, transaction, { object: 'user', values, at: '/user' });
    await transaction.query({
      text: 'insert into platform.credential (user_id, password) values ($1, $2)',
      values: [userId, password],
    });
    return openSession(transaction, userId);
  });
  store.wake();
  return session;
}

/** Takes the token under a lock, so that of two at once one is refused. */
async function claim(store: Store, transaction: Transaction, token: unknown): Promise<void> {
  const gone = await transaction.query({
    text: 'delete from platform.setup_token where token_hash = $1 returning 1',
    values: [hashToken(typeof token === 'string' ? token : '')],
  });
  if (gone.length === 0 || (await hasUsers(store.database)))
    throw new Refusal('wrong_credentials', 'This set-up link is not valid any more. Use the one that the server printed last.');
}

const COUNTRY_CURRENCIES: { readonly [country: string]: string } = {
  CH: 'CHF',
  LI: 'CHF',
  GB: 'GBP',
  US: 'USD',
  CA: 'CAD',
  AU: 'AUD',
  NZ: 'NZD',
  JP: 'JPY',
  CN: 'CNY',
  IN: 'INR',
  DK: 'DKK',
  SE: 'SEK',
  NO: 'NOK',
  PL: 'PLN',
  CZ: 'CZK',
  HU: 'HUF',
  RO: 'RON',
  KW: 'KWD',
};

function companyValues(company: RecordValues): RecordValues {
  const { name, country, currency, timeZone } = company;
  return {
    name,
    country,
    currency: currency ?? COUNTRY_CURRENCIES[String(country)] ?? 'EUR',
    timeZone: timeZone ?? 'UTC',
  };
}

/** Saves a record of the core's own; what is refused points into the set-up form. */
async function save(store: Store, transaction: Transaction, made: { object: string; values: RecordValues; at: string }): Promise<string> {
  const object = store.schema().byName.get(made.object);
  if (!object) throw new Error(`The core has no object ${made.object}.`);
  try {
    return (
      await saveRecord(
        store,
        systemCaller('platform'),
        { operation: 'create', object, values: made.values },
        { transaction, asSystem: true },
      )
    ).id;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const errors: readonly FieldError[] = (error.details.errors ?? []).map((one) => ({
      ...one,
      pointer: made.at + one.pointer,
    }));
    throw new Refusal(error.code, error.sentence ?? error.message, { errors });
  }
}
