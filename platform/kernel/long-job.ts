import type { PlatformEvent } from './event.ts';
import type { Json } from './model.ts';
import type { Begin, Work } from './module.ts';

/** How far long work is: `done` of `total`, and from where it goes on when it is interrupted. */
export type LongJobProgress = { readonly done: number; readonly total: number; readonly checkpoint: Json };

/** What long work works with. */
export type LongJobContext = {
  readonly id: string;
  readonly input: Json;
  /** Where the last portion that was committed left off; null at the beginning. */
  readonly checkpoint: Json;
  /** One portion, of at most two seconds, in one transaction with its progress. Throws when the job is to end early: let it pass. */
  readonly step: (run: (work: Work) => Promise<LongJobProgress>) => Promise<void>;
  readonly begin: Begin;
  /** What another service answers to this one: the JSON at an address of it, such as `/invoices?limit=10`. Refuses with `core_unreachable`, which it waits for, and with `not_found`. */
  readonly ask: (service: string, path: string) => Promise<Json>;
  /** Sends events once more to one service, which knows by their ids what it has had. Waits for as long as the bus takes none. */
  readonly deliver: (service: string, events: readonly PlatformEvent[]) => Promise<void>;
};

/**
 * Long work, of which there is news while it goes on (`GET /api/{module}/jobs/{id}`), and which goes on where it was after an interruption. A work asks for
 * it with `startJob`; what it answers is the job's result. Of a process one runs at a time.
 */
export type LongJob = { readonly name: string; readonly run: (job: LongJobContext) => Promise<Json> };

/** The kind of job under which a long job of a module stands in its table. */
export function longJobKind(name: string): string {
  return `module:${name}`;
}
