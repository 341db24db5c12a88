import type { Posting } from '#metadata/records.gen.ts';
import type { Work } from '#platform/kernel/module.ts';
import { lockPeriods } from '../journal/periods.ts';
import { factsOf } from '../rules/facts.ts';
import type { PostingDocument } from './document.ts';
import { takeAll } from './take.ts';

/** Postings that are tried again in one work. */
const AGAIN_MOST = 200;

/**
 * Takes new documents: each is posted or waits with its reason, and is kept as a posting either way. What waited for one of them is tried again.
 */
export async function keepAll(work: Work, documents: readonly PostingDocument[]): Promise<void> {
  if (documents.length === 0) return;
  const outcomes = await takeAll(work, documents);
  await work.createMany(
    'posting',
    documents.map(({ customerName, ...document }, at) => ({
      ...document,
      ...outcomes[at],
      title: [document.reference, customerName].filter(Boolean).join(' ') || document.event,
    })),
  );
  const posted = documents.filter((_, at) => outcomes[at]?.status !== 'waiting').map(({ source }) => source);
  await retryWaiting(work, { reason: 'sourceMissing', or: [{ invoiceId: { in: posted } }, { source: { in: posted } }] });
}

/** Tries postings again that wait and match a filter, the oldest first. Answers how many are posted now. */
export async function retryWaiting(work: Work, filter: { readonly [field: string]: unknown }): Promise<number> {
  const found = await work.query<Posting>('posting', {
    filter: { ...filter, status: 'waiting' },
    fields: 'date,companyId',
    sort: 'date,createdAt',
    limit: AGAIN_MOST,
  });
  if (found.length === 0) return 0;
  // Periods before postings, as whoever takes new documents does.
  await lockPeriods(
    work,
    found.map(({ companyId, date }) => ({ companyId: companyId ?? null, date })),
  );
  const postings: Posting[] = [];
  for (const { id } of found.toSorted((a, b) => (a.id < b.id ? -1 : 1))) {
    const posting = await work.lock<Posting>('posting', id);
    if (posting.status === 'waiting') postings.push(posting);
  }
  const outcomes = await takeAll(work, postings.map(documentOf));
  for (const [at, { id, status, reason, detail }] of postings.entries()) {
    const outcome = outcomes[at];
    const isSame = outcome?.status === status && outcome?.reason === reason && outcome?.detail === detail;
    if (outcome && !isSame) await work.save('posting', { id, ...outcome });
  }
  return outcomes.filter(({ status }) => status !== 'waiting').length;
}

/** A posting as the document that it was. */
export function documentOf(posting: Posting): PostingDocument {
  return {
    id: posting.id,
    event: posting.event,
    documentType: posting.documentType ?? 'manual',
    documentKind: posting.documentKind ?? null,
    reference: posting.reference ?? null,
    date: posting.date,
    companyId: posting.companyId ?? null,
    customerId: posting.customerId ?? null,
    customerName: customerNameOf(posting),
    invoiceId: posting.invoiceId ?? null,
    currency: posting.currency ?? '',
    exchangeRate: posting.exchangeRate ?? null,
    gross: posting.gross ?? '0',
    sourceObject: posting.sourceObject ?? '',
    source: posting.source ?? '',
    sourceEvent: posting.sourceEvent ?? '',
    facts: factsOf(posting),
  };
}

/** What the title says besides the document's number. */
function customerNameOf({ title, reference }: Posting): string | null {
  const rest = reference && title?.startsWith(reference) ? title.slice(reference.length).trim() : '';
  return rest === '' ? null : rest;
}
