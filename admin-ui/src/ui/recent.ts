/** A record that somebody has looked at in this browser. */
export type RecentRecord = { readonly object: string; readonly id: string; readonly title: string };

const PREFIX = 'tessera.recent.';
const KEPT = 8;

/** The records that this person has looked at last, the last one first. */
export function recentRecords(user: string): readonly RecentRecord[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(PREFIX + user) ?? '[]');
    return Array.isArray(kept) ? kept.filter(isRecent) : [];
  } catch {
    return [];
  }
}

/** Notes that somebody looks at a record. A forbidden storage is no reason not to look. */
export function rememberRecord(user: string, record: RecentRecord): void {
  const others = recentRecords(user).filter(({ id }) => id !== record.id);
  try {
    localStorage.setItem(PREFIX + user, JSON.stringify([record, ...others].slice(0, KEPT)));
  } catch {
    // Without storage nothing is remembered.
  }
}

/** Forgets what somebody has looked at: they leave this browser. */
export function forgetRecent(user: string): void {
  localStorage.removeItem(PREFIX + user);
}

function isRecent(value: unknown): value is RecentRecord {
  return (
    typeof value === 'object' &&
    value !== null &&
    'object' in value &&
    typeof value.object === 'string' &&
    'id' in value &&
    typeof value.id === 'string' &&
    'title' in value &&
    typeof value.title === 'string'
  );
}
