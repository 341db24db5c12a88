import { Refusal } from '#platform/kernel/errors.ts';
import { defineHook, defineModule, type RecordValues } from '#platform/kernel/module.ts';
import { metadataFacts, schemaChanged } from './metadata-events.ts';

type Zoned = RecordValues & { readonly timeZone?: string | null };
type Named = RecordValues & { readonly name?: string; readonly standard?: boolean | null };
type Granted = RecordValues & { readonly roles?: unknown };

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
  hooks: [companyZone, userZone, userRoles, keyRoles, roleName],
  events: [schemaChanged, ...metadataFacts],
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

function roleNames(draft: Granted): readonly string[] {
  return Array.isArray(draft.roles) ? draft.roles.filter((name): name is string => typeof name === 'string') : [];
}

function refused(pointer: string, rule: string, message: string): Refusal {
  return new Refusal('invalid_value', message, { errors: [{ pointer, field: pointer.slice(1), rule, message }] });
}
