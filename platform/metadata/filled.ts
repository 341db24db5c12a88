/**
 * How many of an object's living rows have a value in its fields: `filled` is a share between 0 and 1 by the field's id. Of small tables it is
 * counted; of large ones it is what some of their pages say, and then an estimate, the number of rows too.
 */
export type FilledReport = {
  readonly rows: number;
  readonly isEstimate: boolean;
  readonly filled: { readonly [field: string]: number };
};

/** Asks the owning service; null when it does not answer. */
export type AskFilled = (module: string, object: string) => Promise<FilledReport | null>;
