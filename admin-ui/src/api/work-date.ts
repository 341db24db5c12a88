import { useSyncExternalStore } from 'react';

/** Of this page until it is loaded anew: nobody finds themselves in last month's books the next morning. */
let chosen: string | null = null;
const listeners = new Set<() => void>();

/** The day on which this person works where that is not today (`2026-01-31`); null for today. */
export function workDate(): string | null {
  return chosen;
}

/** Works on another day from now on; null goes back to today. */
export function chooseWorkDate(day: string | null): void {
  chosen = day;
  for (const listener of listeners) listener();
}

/** The same, drawn anew when it changes. */
export function useWorkDate(): string | null {
  return useSyncExternalStore(follow, workDate);
}

function follow(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
