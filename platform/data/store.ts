import type { Caller } from '#platform/kernel/caller.ts';
import type { Elsewhere } from '#platform/kernel/elsewhere.ts';
import type { CommandDefinition, ObjectDefinition } from '#platform/kernel/model.ts';
import type { CommandResult, Module, RecordValues } from '#platform/kernel/module.ts';
import type { PublicLink } from '#platform/kernel/public-page.ts';
import type { SchemaIndex } from '#platform/metadata/schema-index.ts';
import type { Database, Transaction } from './database.ts';
import type { Use, UseQuestion } from './save/uses.ts';

/** A command on a record of another service, or on a collection there (no id), and on whose behalf. */
export type ForeignCommand = {
  readonly object: string;
  readonly id: string | null;
  readonly command: string;
  readonly input: RecordValues;
  readonly actor: string;
};

/** A report of this service or another (`module/name`), what it is asked, and on whose behalf. */
export type ReportCall = { readonly report: string; readonly input: { readonly [field: string]: string }; readonly actor: string };

/** What comes with a command that issues a document: it is printed and kept in the command's transaction. */
export type Issuing = {
  /** Fetches what printing needs from elsewhere; called before the transaction begins. */
  readonly prepare: (object: ObjectDefinition, id: string) => Promise<void>;
  /** Prints the record as it was just saved, and keeps the bytes. Refuses (`template_problem`) when its template cannot be printed. */
  readonly issue: (transaction: Transaction, issued: Issued) => Promise<void>;
};

/** A record that has just become a document. */
export type Issued = {
  readonly store: Store;
  readonly caller: Caller;
  readonly object: ObjectDefinition;
  readonly record: RecordValues;
};

/**
 * What reading and writing records of one service needs. `schema()` is the version in force now; take it once per request.
 * `wake` tells the relay that the outbox has rows. `fetchForeign` asks the owning service for a record that a mirror lacks
 * (null when the owner does not know it); it is called before a transaction begins.
 */
export type Store = {
  readonly issuing?: Issuing;
  readonly module: Module;
  readonly database: Database;
  readonly schema: () => SchemaIndex;
  readonly wake: () => void;
  /** Says that there is a job to do; without it the job is found at the next look. */
  readonly wakeJobs?: () => void;
  /** Which of these records of its own other services use; refuses with `core_unreachable` when one cannot say. */
  readonly usedElsewhere: (question: UseQuestion) => Promise<readonly Use[]>;
  readonly fetchForeign: (object: string, id: string) => Promise<{ readonly [field: string]: unknown } | null>;
  /** Carries out a command on another service's record there, for `actor`; called before a transaction begins. Throws the owner's refusal. */
  readonly commandForeign: (call: ForeignCommand) => Promise<Required<Pick<CommandResult, 'created'>>>;
  /** All rows of a report, as its service works it out now for `actor`; called before a transaction begins. Throws its refusal. */
  readonly reportForeign: (call: ReportCall) => Promise<readonly RecordValues[]>;
  readonly elsewhere: Elsewhere;
  /** What stands for a text that is to be known again and no longer to be read. */
  readonly markOf: (text: string) => string;
  /** The link to a public page of the record that a command hands out; null when it hands out none, or the record has no such page now. */
  readonly linkOf: (command: CommandDefinition, record: RecordValues) => PublicLink | null;
};
