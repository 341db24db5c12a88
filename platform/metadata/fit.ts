import type { FieldDefinition, Json } from '#platform/kernel/model.ts';

/** A field as it is and as it would be, for the service that holds its rows. `before: null` is a new field. */
export type FitChange = {
  readonly object: string;
  readonly before: FieldDefinition | null;
  readonly after: FieldDefinition;
  /** Ids of fields that are to be unique together; `before` and `after` are the first of them, as it is. */
  readonly together?: readonly string[];
};

/** A row that stands in the way. */
export type FitSample = { readonly id: string; readonly title: string; readonly value: Json };

/** What the owning service counted: living rows the change touches, rows it cannot hold (with up to 20 of them), and how long its locks and work would take. */
export type FitReport = {
  readonly affected: number;
  readonly doNotFit: number;
  readonly samples: readonly FitSample[];
  readonly seconds?: number;
};

/** Asks the owning service; throws a Refusal when it cannot be reached. */
export type AskFit = (module: string, change: FitChange) => Promise<FitReport>;
