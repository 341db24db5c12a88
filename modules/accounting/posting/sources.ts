import type { Posting } from '#metadata/records.gen.ts';
import type { Work } from '#platform/kernel/module.ts';
import type { PostingDocument } from './document.ts';

/** What documents refer to: postings of invoices by the invoice, and what is taken back by its source. */
export type Sources = { readonly invoices: ReadonlyMap<string, Posting>; readonly taken: ReadonlyMap<string, Posting> };

const MOST = 1_000;

/** The postings that these documents need. */
export async function sourcesOf(work: Work, documents: readonly PostingDocument[]): Promise<Sources> {
  const shares = documents.filter(needsInvoice);
  const invoices = await bySource(
    work,
    shares.flatMap(({ invoiceId }) => invoiceId ?? []),
    { event: 'invoiceIssued' },
  );
  const taken = await bySource(
    work,
    documents.flatMap(({ facts }) => facts.takesBack ?? []),
    { event: { ne: 'takenBack' } },
  );
  return { invoices, taken };
}

async function bySource(
  work: Work,
  sources: readonly string[],
  filter: { readonly event: unknown },
): Promise<ReadonlyMap<string, Posting>> {
  const ids = [...new Set(sources)];
  if (ids.length === 0) return new Map();
  const found = await work.query<Posting>('posting', { filter: { ...filter, source: { in: ids } }, limit: MOST });
  return new Map(found.flatMap((posting) => (posting.source ? [[posting.source, posting] as const] : [])));
}

/** Whether a document cannot be posted without what its invoice has posted. */
export function needsInvoice({ event, documentKind }: PostingDocument): boolean {
  return event === 'itemWrittenOff' || event === 'discountAllowed' || (event === 'invoiceCredited' && documentKind === null);
}
