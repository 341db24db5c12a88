import type { Caller } from './caller.ts';
import { permissionsOf } from './permissions.ts';

/** A service acting for itself: reactions, jobs, and what the platform reads on its own account. Its rights are everything. */
export function systemCaller(service: string): Caller {
  return Object.freeze({
    kind: 'service',
    actor: `service:${service}`,
    name: service,
    roles: ['system'],
    teamIds: [],
    language: 'en',
    timeZone: 'UTC',
    permissions: SYSTEM_PERMISSIONS,
  });
}

const SYSTEM_PERMISSIONS = permissionsOf(['system']);
