import type { JournalEntry, Posting } from '#metadata/records.gen.ts';
import type { Work } from '#platform/kernel/module.ts';
import { enter } from '../journal/enter.ts';
import { reverseEntry } from '../journal/reverse.ts';
import { shareOf, factsOf, type Facts } from '../rules/facts.ts';
import { isClosedFor } from '../rules/period-state.ts';
import { openBooks, type Books } from './books.ts';
import { decide, type Decision } from './decide.ts';
import type { PostingDocument } from './document.ts';
import { needsInvoice, sourcesOf, type Sources } from './sources.ts';

/** What became of a document, as its posting keeps it. */
export type Outcome = Pick<Posting, 'status' | 'reason' | 'detail' | 'ruleId' | 'entryId'>;

/**
 * Posts documents, as many at once as come: entries for those that can be posted, with the reason for those that wait. Answers what became of each, in their
 * order, and keeps nothing of that.
 */
export async function takeAll(work: Work, documents: readonly PostingDocument[]): Promise<readonly Outcome[]> {
  const books = await openBooks(work, documents);
  const sources = await sourcesOf(work, documents);
  const decisions: (Decision | Outcome)[] = [];
  for (const document of documents) {
    const outcome = document.facts.takesBack === undefined ? null : await takeBack(work, document, { books, sources });
    decisions.push(outcome ?? decideComplete(work, document, { books, sources }));
  }
  await enter(
    work,
    decisions.flatMap((decision) => ('kind' in decision && decision.kind === 'entry' ? [decision.entry] : [])),
  );
  return decisions.map((decision) => ('kind' in decision ? outcomeOf(decision) : decision));
}

type At = { readonly books: Books; readonly sources: Sources };

/** The share of an invoice needs the invoice's figures, a credit note its kind; they wait until it is there. */
function decideComplete(work: Work, document: PostingDocument, { books, sources }: At): Decision {
  if (!needsInvoice(document)) return decide(work, document, books);
  const invoice = sources.invoices.get(document.invoiceId ?? '');
  if (!invoice) return { kind: 'wait', fault: { reason: 'sourceMissing', detail: document.reference ?? '' } };
  if (document.event === 'invoiceCredited') return decide(work, { ...document, documentKind: invoice.documentKind ?? null }, books);
  const share = document.facts.figures.gross;
  const currencies = { document: document.currency, company: books.currencies.get(document.companyId) ?? document.currency };
  const facts: Facts = share ? { ...shareOf(factsOf(invoice), share, currencies), openItem: document.facts.openItem } : document.facts;
  return decide(work, { ...document, facts, reference: document.reference ?? invoice.reference ?? null }, books);
}

/** Reverses what the source has posted. What waits itself is taken back when it is posted. */
async function takeBack(work: Work, document: PostingDocument, { books, sources }: At): Promise<Outcome> {
  const taken = sources.taken.get(document.facts.takesBack ?? '');
  if (!taken || taken.status === 'waiting') return waiting('sourceMissing', document.reference ?? '');
  if (!taken.entryId) return { ...NONE, status: 'nothing' };
  const period = books.periodOn(document);
  if (!period) return waiting('noFiscalYear', document.date);
  if (isClosedFor(period, document.documentType)) return waiting('periodClosed', period.name ?? document.date);
  const entry = await work.lock<JournalEntry>('journal_entry', taken.entryId);
  if (entry.reversedById) return { ...NONE, status: 'posted', entryId: entry.reversedById };
  const entryId = await reverseEntry(work, entry, { date: document.date, period, reason: document.reference ?? document.event });
  await work.save('journal_entry', { id: entry.id, reversedById: entryId });
  return { ...NONE, status: 'posted', entryId };
}

const NONE = { reason: null, detail: null, ruleId: null, entryId: null } as const;

function waiting(reason: NonNullable<Posting['reason']>, detail: string): Outcome {
  return { ...NONE, status: 'waiting', reason, detail };
}

function outcomeOf(decision: Decision): Outcome {
  const ruleId = decision.rule?.id ?? null;
  if (decision.kind === 'wait') return { ...NONE, ...decision.fault, status: 'waiting', ruleId };
  if (decision.kind === 'nothing') return { ...NONE, status: 'nothing', ruleId };
  return { ...NONE, status: 'posted', ruleId, entryId: decision.entry.id };
}
