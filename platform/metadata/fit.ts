import type { FieldDefinition, Json } from '#platform/kernel/model.ts';

/** A field as it is and as it would be, for the service that holds its rows. `before: null` is a new field. */
export type FitChange = {
  readonly object: string;
  readonly before: FieldDefinition | null;
  readonly after: FieldDefinition;
  /** Ids of fields that are to be unique together; `before` and `after` are the first of them, as it is. */
  readonly together?: readonly string[];
  /** The field goes, with the values that it has in any row; with an object its key does, which all rows have. */
  readonly isGoing?: boolean;
};

/** A row that stands in the way. `record` is the one in which it stands, where it is a row of another record. */
export type FitSample = {
  readonly id: string;
  readonly title: string;
  readonly value: Json;
  readonly record?: { readonly object: string; readonly id: string };
};

/** A part of the rows in the way, by key: those after `after`, or from the first on. */
export type FitPage = { readonly after: string | null; readonly limit: number };

/** What the owning service counted: living rows the change touches (at least so many, where it stopped counting), rows it cannot hold (with up to 20 of them), and how long its work on them would take: an estimate from what such work took here. */
export type FitReport = {
  readonly affected: number;
  readonly isAtLeast?: boolean;
  readonly doNotFit: number;
  readonly samples: readonly FitSample[];
  readonly seconds?: number;
};

/** Asks the owning service; throws a Refusal when it cannot be reached. */
export type AskFit = (module: string, change: FitChange) => Promise<FitReport>;

/** Asks the owning service for the rows that do not fit, page by page. */
export type AskMisfits = (module: string, change: FitChange, page: FitPage) => Promise<readonly FitSample[]>;
