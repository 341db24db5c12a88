import { saveRecord } from '#platform/data/save/save.ts';
import { listRecords } from '#platform/data/read/list.ts';
import { readSource } from '#platform/data/read/source.ts';
import type { Store } from '#platform/data/store.ts';
import type { Caller } from '#platform/kernel/caller.ts';
import { isRecord } from '#platform/kernel/is-record.ts';
import { isList, parseObject } from '#platform/kernel/json.ts';
import { Refusal } from '#platform/kernel/errors.ts';
import type { RouteAnswer, RouteRequest } from '#platform/kernel/route.ts';
import { systemCaller } from '#platform/kernel/system-caller.ts';
import { provePassword, setPassword } from './accounts.ts';
import { objectBody, onlyKeys } from './body.ts';
import { record } from './introspect.ts';

type Shown = { readonly [key: string]: unknown };

/** What everybody may know of a user. */
export function userView(user: Shown): Shown {
  const { id, name, email, language, timeZone, roles } = user;
  return { id, name, email, language, timeZone, roles };
}

/** Who is calling: the person, their company, and whether they administer. */
export async function meView(store: Store, caller: Caller): Promise<Shown> {
  const user = caller.userId === undefined ? null : await record(store, 'user', caller.userId);
  const company = caller.companyId === undefined ? null : await record(store, 'company', caller.companyId);
  return {
    user: { ...userView(user ?? { name: caller.name }), roles: caller.roles },
    company: company && companyView(company),
    currency: company?.['currency'] ?? (await firstCurrency(store)),
    administrator: caller.permissions.administrator,
  };
}

/** The currency of the first company: what an amount is in for those who belong to none. */
async function firstCurrency(store: Store): Promise<string | null> {
  const object = store.schema().byName.get('company');
  if (!object) return null;
  const source = readSource(store, systemCaller('platform'));
  const query = { fields: ['currency'], sort: 'createdAt', limit: 1, count: 'none', deleted: 'no' } as const;
  const { items } = parseObject(await listRecords(source, object, query));
  const first = isList(items) ? items[0] : undefined;
  const currency = isRecord(first) ? first['currency'] : undefined;
  return typeof currency === 'string' ? currency : null;
}

function companyView({ id, name, currency, country, timeZone }: Shown): Shown {
  return { id, name, currency, country, timeZone };
}

/** Changes one's own language, time zone, or password; a new password needs the present one, so that an open screen is not an account. */
export async function changeMe(store: Store, { caller, body }: RouteRequest): Promise<RouteAnswer> {
  const given = objectBody(body);
  onlyKeys(given, ['language', 'timeZone', 'password', 'currentPassword']);
  if (caller.userId === undefined) throw new Refusal('not_allowed', 'This caller is no person.');
  if (given['password'] !== undefined) await changePassword(store, caller, given);
  const { language, timeZone } = given;
  const values = { ...(language === undefined ? {} : { language }), ...(timeZone === undefined ? {} : { timeZone }) };
  const object = store.schema().byName.get('user');
  if (object && Object.keys(values).length > 0) {
    const actor = { ...systemCaller('platform'), actor: caller.actor };
    await saveRecord(store, actor, { operation: 'update', object, id: caller.userId, values }, { asSystem: true });
  }
  const spoken = language === 'de' || language === 'en' ? language : caller.language;
  return { status: 200, body: await meView(store, { ...caller, language: spoken }) };
}

async function changePassword(store: Store, caller: Caller, given: Shown): Promise<void> {
  if (caller.kind !== 'user' || caller.userId === undefined)
    throw new Refusal('not_allowed', 'An API key cannot change a password. Sign in.');
  await provePassword(store, caller.userId, given['currentPassword']);
  await setPassword(store, caller.userId, given['password']);
}
