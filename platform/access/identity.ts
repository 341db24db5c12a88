import type { Caller } from '#platform/kernel/caller.ts';
import { permissionsOf, type Permissions } from '#platform/kernel/permissions.ts';

/** Who a credential belongs to, as the core answers it. `expiresAt` (RFC 3339): the credential is good for nothing from then on. */
export type Identity = {
  readonly kind: 'user' | 'key';
  readonly id: string;
  readonly userId: string;
  readonly name: string;
  readonly roles: readonly string[];
  readonly teamIds: readonly string[];
  readonly companyId: string | null;
  readonly language: 'en' | 'de';
  readonly timeZone: string;
  readonly expiresAt?: string;
};

const profiles = new Map<string, Permissions>();

/** A permission profile per set of roles, shared by all who have these roles, so that they share compiled queries too. */
function profileOf(roles: readonly string[]): Permissions {
  const made = permissionsOf(roles);
  const known = profiles.get(made.key);
  if (known) return known;
  if (profiles.size > 1000) profiles.clear();
  profiles.set(made.key, made);
  return made;
}

/** The caller that an identity stands for. */
export function callerOf(identity: Identity): Caller {
  return Object.freeze({
    kind: identity.kind,
    actor: `${identity.kind}:${identity.id}`,
    userId: identity.userId,
    name: identity.name,
    roles: identity.roles,
    teamIds: identity.teamIds,
    ...(identity.companyId === null ? {} : { companyId: identity.companyId }),
    language: identity.language,
    timeZone: identity.timeZone,
    permissions: profileOf(identity.roles),
  });
}
