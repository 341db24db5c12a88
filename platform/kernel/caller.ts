import type { Permissions } from './permissions.ts';
import type { LinkUse } from './public-page.ts';

/** On whose behalf something happens. `actor` is what events and history carry: `user:<id>`, `key:<id>`, `service:<name>`, `link:<page>`. */
export type Caller = {
  readonly kind: 'user' | 'key' | 'service' | 'link';
  readonly actor: string;
  /** The user behind the session or key; absent for a service acting for itself. */
  readonly userId?: string;
  readonly name: string;
  readonly roles: readonly string[];
  readonly teamIds: readonly string[];
  /** The company that new documents default to. */
  readonly companyId?: string;
  readonly language: 'en' | 'de';
  /** IANA zone in which relative dates (`today`) are read. */
  readonly timeZone: string;
  /** The day on which they work, where that is not today's: `2026-01-31`. */
  readonly workDate?: string;
  readonly permissions: Permissions;
  /** How somebody without an account came here: by a signed link. */
  readonly link?: LinkUse;
};
