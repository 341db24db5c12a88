import type { RecordValues, WorkQuery } from './module.ts';
import type { PublicLink } from './public-page.ts';

/** What other services have, asked for as this service between transactions. Refuses with `core_unreachable` when one does not answer. */
export type Elsewhere = {
  /** Records of an object of another service as they stand there, page by page; `limit` is the size of a page. A lookup must name the object. */
  readonly pages: <R extends RecordValues>(object: string, query: WorkQuery) => AsyncIterable<readonly R[]>;
  /** The PDF of a record, as it was issued last; null where there is none. */
  readonly document: (object: string, id: string) => Promise<Uint8Array | null>;
  /** The links to what the world sees of a record, of this service too; none where it has no such page, or not in its state. */
  readonly links: (object: string, id: string) => Promise<readonly PublicLink[]>;
};
