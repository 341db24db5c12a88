import type { CommandDefinition } from '#platform/kernel/model.ts';
import type { CommandResult, Module, RecordValues } from '#platform/kernel/module.ts';
import type { PublicLink } from '#platform/kernel/public-page.ts';
import type { SchemaIndex } from '#platform/metadata/schema-index.ts';
import type { Database } from './database.ts';

/** A command on a record of another service, and on whose behalf. */
export type ForeignCommand = {
  readonly object: string;
  readonly id: string;
  readonly command: string;
  readonly input: RecordValues;
  readonly actor: string;
};

/**
 * What reading and writing records of one service needs. `schema()` is the version in force now; take it once per request.
 * `wake` tells the relay that the outbox has rows. `fetchForeign` asks the owning service for a record that a mirror lacks
 * (null when the owner does not know it); it is called before a transaction begins.
 */
export type Store = {
  readonly module: Module;
  readonly database: Database;
  readonly schema: () => SchemaIndex;
  readonly wake: () => void;
  readonly fetchForeign: (object: string, id: string) => Promise<{ readonly [field: string]: unknown } | null>;
  /** Carries out a command on another service's record there, for `actor`; called before a transaction begins. Throws the owner's refusal. */
  readonly commandForeign: (call: ForeignCommand) => Promise<Required<Pick<CommandResult, 'created'>>>;
  /** The link to a public page of the record that a command hands out; null when it hands out none, or the record has no such page now. */
  readonly linkOf: (command: CommandDefinition, record: RecordValues) => PublicLink | null;
};
