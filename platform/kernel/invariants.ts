/**
 * In these statuses the rows of a record balance: the sum of one of their fields is that of another. The database refuses to commit anything else.
 * Fields are named by id.
 */
export type Balanced = { readonly in: readonly string[]; readonly lines: string; readonly plus: string; readonly minus: string };

/**
 * A record that reaches one of these statuses becomes the next of a chain: it keeps its position, the hash of the one before, and its own, which is over
 * both and what it covers of itself and its rows. Fields are named by id; what is covered must never change again.
 */
export type Chained = {
  readonly in: readonly string[];
  readonly position: string;
  readonly previous: string;
  readonly hash: string;
  readonly covers: readonly string[];
  readonly lines?: { readonly of: string; readonly covers: readonly string[] };
};
