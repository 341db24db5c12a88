import type { ObjectDefinition } from '#platform/kernel/model.ts';
import type { RecordValues } from '#platform/kernel/module.ts';
import type { Transaction } from '../database.ts';

/** A change to one record. `values` are in API words; on update a JSON merge patch. `ifVersion`: refuse when the record is not of it. */
export type Change =
  | {
      readonly operation: 'create';
      readonly object: ObjectDefinition;
      readonly values: RecordValues;
      readonly id?: string;
    }
  | {
      readonly operation: 'update';
      readonly object: ObjectDefinition;
      readonly id: string;
      readonly values: RecordValues;
      readonly ifVersion?: number;
    }
  | {
      readonly operation: 'delete' | 'restore' | 'purge';
      readonly object: ObjectDefinition;
      readonly id: string;
      readonly ifVersion?: number;
    };

/** How it is saved. `asSystem`: read-only fields may be set and permissions are not asked (hooks, commands, reactions). */
export type SaveOptions = {
  /** Part of a larger piece of work; nothing is visible before that commits, and the caller wakes the relay. */
  readonly transaction?: Transaction;
  readonly asSystem?: boolean;
  readonly correlationId?: string;
  readonly causationId?: string;
  /** The command that saves: history tells it. */
  readonly command?: string;
  /** It goes because it was merged into this one: those who hear of it lead to that one instead. */
  readonly mergedInto?: string;
  /** Other services were asked whether they use what is to go. */
  readonly isUnusedElsewhere?: boolean;
};

/** What was saved. `json` is the record as the caller may see it; `changed` the API names whose values are others now. */
export type Saved = {
  readonly id: string;
  readonly version: number;
  readonly json: string;
  readonly record: RecordValues;
  readonly created: boolean;
  readonly changed: readonly string[];
};

/** A record with everything in it, as hooks, events and the writer see it. */
export type Draft = { [field: string]: unknown };

/** Old and new value of each field that changed, under its API name. */
export type Differences = { readonly [field: string]: { readonly old: unknown; readonly new: unknown } };
