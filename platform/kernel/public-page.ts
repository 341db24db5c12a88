import type { RecordValues, Work } from './module.ts';
import { trusted } from './seam.ts';

/** How long a link to a record is good, and for which state of it: when `mark` changes, links that were handed out before lead nowhere any more. */
export type LinkTerms = { readonly mark: string; readonly lastDay: string };

/**
 * What somebody without an account sees and does of one record, by a signed link: an offer to accept, an invoice to pay. A command of the
 * metadata hands the link out (`handsOut`); who may carry that command out may see the link afterwards.
 */
export type PublicPage<R extends RecordValues = RecordValues> = {
  /** As it stands in the address. */
  readonly name: string;
  readonly object: string;
  /** Null while the record has no page. */
  readonly terms: (record: R) => LinkTerms | null;
  /** What the page shows, and nothing else of the record goes out. */
  readonly show: (work: Work, record: R) => Promise<RecordValues>;
  /** Whether the document of the record, as it was issued, can be had here. */
  readonly hasDocument?: (record: R) => boolean;
  /** The commands of the object that can be carried out here, each with the fields of its input that it takes; all of these must be given. */
  readonly commands: Readonly<Record<string, readonly string[]>>;
};

/** A link to the page that the world sees of a record, and the last day on which it opens. */
export type PublicLink = { readonly page: string; readonly url: string; readonly lastDay: string };

/** The link by which somebody acts, and where from, as far as a request tells. */
export type LinkUse = { readonly page: string; readonly address: string; readonly userAgent: string };

/** A public page, checked against the record type it shows; the metadata guarantees that records have it. */
export function definePublicPage<R extends RecordValues>(page: PublicPage<R>): PublicPage {
  return Object.freeze(trusted<PublicPage>(page));
}
