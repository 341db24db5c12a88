import type { Posting } from '#metadata/records.gen.ts';
import type { DocumentType } from '../rules/period-state.ts';
import type { Facts } from '../rules/facts.ts';

/** What posting rules are asked for. */
export type PostingEvent = Posting['event'];

/** A document as its event tells it, to be posted once. `id` is drawn for the posting; `source` is the record in its own service. */
export type PostingDocument = {
  readonly id: string;
  readonly event: PostingEvent;
  readonly documentType: DocumentType;
  readonly documentKind: string | null;
  readonly reference: string | null;
  readonly date: string;
  readonly companyId: string | null;
  readonly customerId: string | null;
  readonly customerName: string | null;
  readonly invoiceId: string | null;
  readonly currency: string;
  readonly exchangeRate: string | null;
  readonly gross: string;
  readonly sourceObject: string;
  readonly source: string;
  readonly sourceEvent: string;
  readonly facts: Facts;
};
