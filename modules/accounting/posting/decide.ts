import type { Posting, PostingRule } from '#metadata/records.gen.ts';
import type { Work } from '#platform/kernel/module.ts';
import { uuidV7 } from '#platform/kernel/uuid.ts';
import type { NewEntry } from '../journal/enter.ts';
import { isClosedFor } from '../rules/period-state.ts';
import { ruleLines, type Fault } from '../rules/rule-lines.ts';
import type { Books } from './books.ts';
import type { PostingDocument } from './document.ts';

/** What becomes of a document: an entry, nothing as all its figures are zero, or it waits. */
export type Decision =
  | { readonly kind: 'entry'; readonly rule: PostingRule; readonly entry: NewEntry }
  | { readonly kind: 'nothing'; readonly rule: PostingRule }
  | { readonly kind: 'wait'; readonly fault: Fault; readonly rule?: PostingRule };

/** Decides by the first rule that fits, and writes nothing. */
export function decide(work: Pick<Work, 'meets'>, document: PostingDocument, books: Books): Decision {
  const rule = books.rules.find(
    ({ event, condition }) => event === document.event && (!condition || work.meets('posting', asPosting(document), condition) === true),
  );
  if (!rule) return waits('noRule', document.event);
  const period = books.periodOn(document);
  if (!period) return waits('noFiscalYear', document.date, rule);
  if (isClosedFor(period, document.documentType)) return waits('periodClosed', period.name ?? document.date, rule);
  if (!document.exchangeRate) return waits('noRate', `${document.currency} ${document.date}`, rule);
  const lines = ruleLines(rule, document, books.accounts);
  if ('reason' in lines) return { kind: 'wait', fault: lines, rule };
  if (lines.length === 0) return { kind: 'nothing', rule };
  const { companyId, documentType, date, reference, customerId, invoiceId, sourceObject, source, sourceEvent } = document;
  return {
    kind: 'entry',
    rule,
    entry: {
      id: uuidV7(),
      period,
      companyId,
      documentType,
      date,
      reference,
      customerId,
      invoiceId,
      sourceObject,
      source,
      sourceEvent,
      creditNoteId: sourceObject === 'credit_note' ? source : null,
      deliveryNoteId: sourceObject === 'delivery_note' ? source : null,
      description: textOf(rule, document),
      ruleId: rule.id,
      currency: books.currencies.get(companyId) ?? document.currency,
      lines,
    },
  };
}

function waits(reason: Fault['reason'], detail: string, rule?: PostingRule): Decision {
  return { kind: 'wait', fault: { reason, detail }, ...(rule ? { rule } : {}) };
}

/** The document as a posting, whose fields conditions are about. */
export function asPosting({ facts: _facts, customerName: _name, ...fields }: PostingDocument): Partial<Posting> {
  return fields;
}

function textOf({ text, name }: PostingRule, { reference, customerName }: PostingDocument): string {
  const filled = (text ?? '')
    .replaceAll('{reference}', reference ?? '')
    .replaceAll('{customer}', customerName ?? '')
    .trim();
  return filled === '' ? name : filled;
}
