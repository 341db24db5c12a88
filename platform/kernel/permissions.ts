import type { FieldDefinition, ObjectDefinition } from './model.ts';

/** What a caller may do with one object. Fields are named by id. */
export type ObjectPermissions = {
  readonly read: boolean;
  readonly create: boolean;
  readonly edit: boolean;
  readonly delete: boolean;
  readonly purge: boolean;
  readonly commands: true | ReadonlySet<string>;
  readonly mayRead: (field: FieldDefinition) => boolean;
  readonly mayEdit: (field: FieldDefinition) => boolean;
};

/**
 * A permission profile: the value that the query compiler and the writer take. Two callers with the same `key`
 * (same roles) share compiled queries. Deny is the default: an object without a grant answers all false.
 */
export type Permissions = {
  readonly key: string;
  readonly administrator: boolean;
  readonly on: (object: ObjectDefinition) => ObjectPermissions;
};

const NOTHING: ReadonlySet<string> = new Set();

/** Permissions of a set of roles. `administrator` always has everything; `system` is the platform acting for itself. */
export function permissionsOf(roles: readonly string[]): Permissions {
  const sorted = [...new Set(roles)].sort();
  const administrator = sorted.includes('administrator') || sorted.includes('system');
  const cache = new WeakMap<ObjectDefinition, ObjectPermissions>();
  const on = (object: ObjectDefinition): ObjectPermissions => {
    const known = cache.get(object);
    if (known) return known;
    const made = within(object, administrator ? ALL : granted(object, sorted));
    cache.set(object, made);
    return made;
  };
  return Object.freeze({ key: sorted.join('+') || 'nobody', administrator, on });
}

const ALL: ObjectPermissions = Object.freeze({
  read: true,
  create: true,
  edit: true,
  delete: true,
  purge: true,
  commands: true as const,
  mayRead: () => true,
  mayEdit: () => true,
});

/** What the event store keeps is nobody's to write. */
function within(object: ObjectDefinition, rights: ObjectPermissions): ObjectPermissions {
  if (object.storedBy === undefined) return rights;
  return Object.freeze({ ...rights, create: false, edit: false, delete: false, purge: false, mayEdit: () => false });
}

function granted(object: ObjectDefinition, roles: readonly string[]): ObjectPermissions {
  const grants = roles.flatMap((role) => object.access[role] ?? []);
  const any = (right: 'read' | 'create' | 'edit' | 'delete' | 'purge') => grants.some((grant) => grant[right] === true);
  const read = any('read');
  const edit = any('edit') || any('create');
  const commands = grants.some((grant) => grant.commands === true)
    ? (true as const)
    : new Set(grants.flatMap((grant) => (grant.commands === true ? [] : (grant.commands ?? []))));
  const named = (list: readonly string[]) => list.some((role) => roles.includes(role));
  return Object.freeze({
    read,
    create: any('create'),
    edit: any('edit'),
    delete: any('delete'),
    purge: any('purge'),
    commands: grants.length === 0 ? NOTHING : commands,
    mayRead: (field) => read && (!field.access || named(field.access.read) || named(field.access.edit)),
    mayEdit: (field) => edit && (!field.access || named(field.access.edit)),
  });
}
