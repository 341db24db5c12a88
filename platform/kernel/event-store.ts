import type { PlatformEvent } from './event.ts';

/** What one append has added: positions from `first` to `last`, and the hash of the last, in hexadecimal. */
export type Appended = { readonly first: string; readonly last: string; readonly count: number; readonly hash: string };

/** Where events are kept for good: only ever added to, in one chain of hashes. The database lets the application's role do nothing else. */
export type EventStore = {
  /** Adds events behind those that are there, in their order; who adds others at the same time waits. Null when there is nothing to add. */
  append(events: readonly PlatformEvent[]): Promise<Appended | null>;
  /** Makes the tables of this month and so many after it, as far as they are missing. What comes for any other month makes its own. */
  prepareMonths(ahead: number): Promise<void>;
};
