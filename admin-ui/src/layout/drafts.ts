import type { RecordValues } from '../api/records.ts';

const PREFIX = 'tessera.draft.';
const DAYS_KEPT = 14;

type Kept = { readonly at: number; readonly changes: RecordValues };

/** Keeps unsaved input of a page. A full or forbidden storage is no reason to stop typing. */
export function keepDraft(place: string, changes: RecordValues): void {
  try {
    localStorage.setItem(PREFIX + place, JSON.stringify({ at: Date.now(), changes } satisfies Kept));
  } catch {
    // Without storage the input lives as long as the page.
  }
}

export function draftAt(place: string): RecordValues | null {
  const kept = parsed(localStorage.getItem(PREFIX + place));
  if (!kept || Date.now() - kept.at > DAYS_KEPT * 86_400_000) return null;
  return kept.changes;
}

export function forgetDraft(place: string): void {
  localStorage.removeItem(PREFIX + place);
}

function parsed(text: string | null): Kept | null {
  if (text === null) return null;
  try {
    const value: unknown = JSON.parse(text);
    return isKept(value) ? value : null;
  } catch {
    return null;
  }
}

function isKept(value: unknown): value is Kept {
  return typeof value === 'object' && value !== null && 'at' in value && typeof value.at === 'number' && 'changes' in value;
}
