import type { PlatformEvent } from './event.ts';

/** What one append has added: positions from `first` to `last`, and the hash of the last, in hexadecimal. */
export type Appended = { readonly first: string; readonly last: string; readonly count: number; readonly hash: string };

/** A place in the chain: of the event at `position` its hash, and that of the one before. All are empty, and the position 0, where the chain begins. */
export type ChainPlace = { readonly position: string; readonly hash: string; readonly previous: string };

/** How the first event that is not as it was stored is wrong: it, or what it carries, is another; it is gone; it was never stored; or the end of the chain is gone from there on. */
export type ChainProblem = { readonly kind: 'changed' | 'removed' | 'inserted' | 'cutOff'; readonly position: string };

/** What its events tell of a record: its newest version, and whether it is in the recycle bin, or gone. */
export type Told = {
  readonly id: string;
  readonly version: number;
  readonly record: { readonly [field: string]: unknown };
  readonly isGone: boolean;
};

/** Records as their events tell of them, beside the live ones: a table of their own until it is let go, which nobody holds in memory. */
export type Shadow = {
  /** Makes it, with nothing in it; what it had is gone. */
  open(): Promise<void>;
  /** Whether it is there with all that was put into it: it is not written ahead, so that a server which crashed has emptied it. */
  isWhole(): Promise<boolean>;
  /**
   * Takes the events of these types about records of an object into account that are behind a place, up to another, at most so many places that it takes a second or two. Answers
   * where it came to and how many events there were. Of each record the newest version counts, in whatever order they come, and however often.
   */
  rebuild(events: {
    readonly object: string;
    readonly types: readonly string[];
    readonly after: string;
    readonly upTo: string;
  }): Promise<{ readonly last: string; readonly events: number }>;
  /** Of the records behind one, up to another, in the order of their ids, the first so many; null stands for the beginning or the end. */
  page(part: { readonly after: string | null; readonly upTo: string | null; readonly limit: number }): Promise<readonly Told[]>;
  /** Lets it go. */
  drop(): Promise<void>;
};

/** Where events are kept for good: only ever added to, in one chain of hashes. The database lets the application's role do nothing else. */
export type EventStore = {
  /** Adds events behind those that are there, in their order; who adds others at the same time waits. Null when there is nothing to add. */
  append(events: readonly PlatformEvent[]): Promise<Appended | null>;
  /** The end of the chain as it was left, and the highest position that there is, which is the same unless somebody has been there. */
  end(): Promise<ChainPlace & { readonly highest: string }>;
  /** Looks at the events after a place up to a position, at most so many that it takes a second or two, and answers where it came to, with the first problem if there is one. */
  check(after: ChainPlace, upTo: string): Promise<{ readonly last: ChainPlace; readonly problem: ChainProblem | null }>;
  /** The hashes of the events at these positions; what is not there is left out. */
  hashesAt(positions: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /**
   * Takes these values away from what the events of a record carry, of those until an instant, also from those that come later: in `record` and `changed` of their data. The chain holds as
   * long as it has an event that tells of it.
   */
  erase(record: string, names: readonly string[], until: string): Promise<void>;
  /** Records rebuilt from their events, by the id of what they are rebuilt for. */
  shadow(id: string): Shadow;
  /** The ids of the shadows that nobody has let go. */
  shadows(): Promise<readonly string[]>;
  /** Makes the tables of this month and so many after it, as far as they are missing. What comes for any other month makes its own. */
  prepareMonths(ahead: number): Promise<void>;
};
