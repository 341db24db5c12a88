import type { RecordValues } from '../api/records.ts';

const PREFIX = 'tessera.draft.';
const DAYS_KEPT = 14;

/** Where input belongs that is not saved yet: whose it is, and which page of theirs. */
export type DraftPlace = { readonly user: string; readonly page: string };

/** Input that was kept, and the version of the record that it was meant for; none for a new one. */
export type Draft = { readonly changes: RecordValues; readonly version: number | null };

type Kept = Draft & { readonly at: number };

/** Keeps unsaved input of a page. A full or forbidden storage is no reason to stop typing. */
export function keepDraft(place: DraftPlace, draft: Draft): void {
  try {
    localStorage.setItem(keyOf(place), JSON.stringify({ at: Date.now(), ...draft } satisfies Kept));
  } catch {
    // Without storage the input lives as long as the page.
  }
}

/** What was kept of somebody's own input on a page; of nobody else's. */
export function draftAt(place: DraftPlace): Draft | null {
  const kept = parsed(read(keyOf(place)));
  if (!kept || Date.now() - kept.at > DAYS_KEPT * 86_400_000) return null;
  return kept;
}

export function forgetDraft(place: DraftPlace): void {
  localStorage.removeItem(keyOf(place));
}

/** Forgets all that somebody has not saved in this browser: they leave it, and others may come. */
export function forgetDraftsOf(user: string): void {
  for (const key of Object.keys(localStorage)) if (key.startsWith(`${PREFIX}${user}.`)) localStorage.removeItem(key);
}

function keyOf({ user, page }: DraftPlace): string {
  return `${PREFIX}${user}.${page}`;
}

function read(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
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
  return (
    typeof value === 'object' && value !== null && 'at' in value && typeof value.at === 'number' && 'changes' in value && 'version' in value
  );
}
