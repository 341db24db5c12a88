import type { EventSearch } from '#admin-ui/src/api/audit.ts';

/** What the address says: what is looked for, the event that is open, and the run of a verification. */
export type AuditState = EventSearch & { readonly event?: string; readonly run?: string };

const NAMES: readonly (keyof AuditState)[] = ['about', 'type', 'actor', 'correlation', 'from', 'to', 'event', 'run'];

/** Reads it; what is empty or no text is left out. */
export function readAuditState(search: Record<string, unknown>): AuditState {
  return Object.fromEntries(
    NAMES.flatMap((name) => (typeof search[name] === 'string' && search[name] !== '' ? [[name, search[name]]] : [])),
  );
}
