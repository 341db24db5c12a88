import { Refusal } from '#platform/kernel/errors.ts';
import { defineHook, defineModule, type RecordValues } from '#platform/kernel/module.ts';
import { loginFailed, sessionEnded } from './identity/identity-events.ts';
import { metadataFacts, schemaChanged } from './metadata-events.ts';
import { personalDataExported } from './personal-data/events.ts';

/** More people than these are not looked through for another administrator. */
const USERS_LOOKED_AT = 200;

type Zoned = RecordValues & { readonly timeZone?: string | null };
type Named = RecordValues & { readonly name?: string; readonly standard?: boolean | null };
type Granted = RecordValues & { readonly roles?: unknown };
type Expiring = RecordValues & { readonly expiresAt?: string | null };
type User = Granted & { readonly id?: string; readonly name?: string; readonly active?: boolean | null };

/** A time zone must be one that this platform's ICU knows; a wrong one would break every date of the company. */
const companyZone = defineHook<Zoned, Record<string, never>>({
  object: 'company',
  name: 'knownTimeZone',
  derive: (draft) => knownZone(draft),
});
const userZone = defineHook<Zoned, Record<string, never>>({
  object: 'user',
  name: 'knownTimeZone',
  derive: (draft) => knownZone(draft),
});

/** Roles are a list of names, each once. Whether they exist is asked of the role records. */
const userRoles = defineHook<Granted, { roles: readonly Named[] }>({
  object: 'user',
  name: 'knownRoles',
  needs: (draft) => rolesNamed(draft),
  derive: (draft, facts) => knownRoles(draft, facts.roles),
});
const keyRoles = defineHook<Granted, { roles: readonly Named[] }>({
  object: 'api_key',
  name: 'knownRoles',
  needs: (draft) => rolesNamed(draft),
  derive: (draft, facts) => knownRoles(draft, facts.roles),
});

/** A key that has expired already would be of no use to anybody. */
const keyExpiry = defineHook<Expiring, Record<string, never>>({
  object: 'api_key',
  name: 'expiresLater',
  derive: (draft, _facts, before) => {
    const { expiresAt } = draft;
    if (!expiresAt || expiresAt === before?.expiresAt || Date.parse(expiresAt) > Date.now()) return {};
    throw refused('/expiresAt', 'expiresAt', 'A key expires in the future; leave it out for one that does not.');
  },
});

/** Somebody must be left who administers: an installation without such a person could never be given one again. */
const lastAdministrator = defineHook<User, { users: readonly User[] }>({
  object: 'user',
  name: 'lastAdministrator',
  needs: (draft, before) => {
    const isAtStake = before ? isAdministrator(before) && !isAdministrator(draft) : isAdministrator(draft);
    return isAtStake ? { users: { object: 'user', filter: { active: true }, fields: 'roles,active', limit: USERS_LOOKED_AT } } : {};
  },
  derive: (draft, facts, before) => {
    if (before && isAdministrator(before) && !isAdministrator(draft)) refuseLast(before, facts.users);
    return {};
  },
  remove: (user, facts) => {
    if (isAdministrator(user)) refuseLast(user, facts.users);
  },
});

/** The name of a role is what permissions are written with: it stays. */
const roleName = defineHook<Named, Record<string, never>>({
  object: 'role',
  name: 'nameStays',
  derive: (draft, _facts, before) => {
    if (before && before.name !== draft.name)
      throw refused('/name', 'name', `The name of a role stays "${before.name}": permissions name it. Change its label.`);
    if (!before && draft.name === 'system') throw refused('/name', 'name', '"system" is the platform itself.');
    return {};
  },
});

/** The core: companies, users, teams, roles, API keys, and the metadata of all objects. */
export const coreModule = defineModule({
  name: 'platform',
  objects: ['company', 'user', 'team', 'role', 'api_key'],
  hooks: [companyZone, userZone, userRoles, lastAdministrator, keyRoles, keyExpiry, roleName],
  events: [schemaChanged, ...metadataFacts, loginFailed, sessionEnded, personalDataExported],
});

function knownZone(draft: Zoned): Partial<Zoned> {
  const { timeZone } = draft;
  if (timeZone === undefined || timeZone === null || isZone(timeZone)) return {};
  throw refused('/timeZone', 'timeZone', `There is no time zone "${timeZone.slice(0, 60)}"; take an IANA name such as Europe/Berlin.`);
}

function isZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

function rolesNamed(draft: Granted): {
  readonly [fact: string]: {
    readonly object: string;
    readonly filter: { readonly [field: string]: unknown };
    readonly limit: number;
  };
} {
  const names = roleNames(draft);
  return names.length === 0 ? {} : { roles: { object: 'role', filter: { name: { in: names } }, limit: 100 } };
}

function knownRoles(draft: Granted, roles: readonly Named[] | undefined): Partial<Granted> {
  const { roles: given } = draft;
  if (given === undefined || given === null) return {};
  const names = roleNames(draft);
  if (!Array.isArray(given) || names.length !== given.length || names.length > 100)
    throw refused('/roles', 'roles', 'Roles are a list of names of roles.');
  const known = new Set((roles ?? []).map((role) => role.name));
  const unknown = names.find((name) => !known.has(name));
  if (unknown !== undefined) throw refused('/roles', 'roles', `There is no role "${unknown.slice(0, 60)}".`);
  return { roles: [...new Set(names)] };
}

function isAdministrator(user: User): boolean {
  return user.active === true && roleNames(user).includes('administrator');
}

function refuseLast({ id, name = '' }: User, users: readonly User[] | undefined): void {
  const others = (users ?? []).filter((user) => user.id !== id);
  if (others.some(isAdministrator) || others.length >= USERS_LOOKED_AT - 1) return;
  const message = `${name.slice(0, 80)} is the last administrator who may sign in. Make somebody else one first.`;
  throw refused('/roles', 'administrator', message);
}

function roleNames(draft: Granted): readonly string[] {
  return Array.isArray(draft.roles) ? draft.roles.filter((name): name is string => typeof name === 'string') : [];
}

function refused(pointer: string, rule: string, message: string): Refusal {
  return new Refusal('invalid_value', message, { errors: [{ pointer, field: pointer.slice(1), rule, message }] });
}
