/**
 * What is wrong with a chain at a place: the record there says something else than when it was chained (`altered`), goes on from another than the one before
 * (`unlinked`), or is not there (`missing`, at the end `cutOff`). `unchained`: a record should have a place and has none.
 */
export type ChainFault = {
  readonly reason: 'altered' | 'unlinked' | 'missing' | 'cutOff' | 'unchained';
  readonly position: number | null;
  /** The record and its title; null where there is none. */
  readonly id: string | null;
  readonly title: string | null;
};

/** What was found from one place on: `length` of the whole chain, up to where it was looked at, where to go on (null: nowhere), and the first fault. */
export type ChainVerdict = {
  readonly length: number;
  readonly verified: number;
  readonly next: number | null;
  readonly fault: ChainFault | null;
};
