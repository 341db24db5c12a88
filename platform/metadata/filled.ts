/**
 * How many of an object's living rows have a value in its fields: `filled` is a share between 0 and 1 by the field's id. Of small tables it is
 * counted; of large ones it is what some of their pages say, and then an estimate, the number of rows too.
 */
export type FilledReport = {
  readonly rows: number;
  readonly isEstimate: boolean;
  readonly filled: { readonly [field: string]: number };
  /** What was drawn last of each series of its numbers. */
  readonly numbers: readonly NumberSeries[];
};

/** A series of numbers: of a field by its id, and of a company and a year where it counts for each by itself. */
export type NumberSeries = { readonly field: string; readonly company: string | null; readonly year: string | null; readonly last: number };

/** Asks the owning service; null when it does not answer. */
export type AskFilled = (module: string, object: string) => Promise<FilledReport | null>;
