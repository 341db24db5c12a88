import { plainText } from '#platform/kernel/json.ts';
import { numberGaps, type Numbered } from '../rules/number-gaps.ts';
import type { Check, Finding } from './check.ts';
import { liveRecords } from './live-records.ts';

/** Documents whose numbers have no gap by law or by habit. */
const DOCUMENTS: readonly { readonly service: string; readonly collection: string; readonly object: string }[] = [
  { service: 'offers', collection: 'offers', object: 'offer' },
  { service: 'orders', collection: 'orders', object: 'order' },
  { service: 'delivery-notes', collection: 'delivery-notes', object: 'delivery_note' },
  { service: 'delivery-notes', collection: 'return-notes', object: 'return_note' },
  { service: 'invoices', collection: 'invoices', object: 'invoice' },
  { service: 'invoices', collection: 'credit-notes', object: 'credit_note' },
  { service: 'accounting', collection: 'journal-entries', object: 'journal_entry' },
];

/** Looks for numbers that no document has although one before and one behind are taken. */
export const checkNumberGaps: Check = async (job) => {
  const findings: Finding[] = [];
  let checked = 0;
  for (const [done, { service, collection, object }] of DOCUMENTS.entries()) {
    await job.step(() => Promise.resolve({ done, total: DOCUMENTS.length, checkpoint: null }));
    const numbered: Numbered[] = [];
    const query = { fields: 'number,companyId', 'filter[number][isNull]': 'false', sort: 'id' };
    for await (const { number, companyId } of liveRecords(job, { service, collection, query }))
      numbered.push({ number: plainText(number), companyId: plainText(companyId) || null });
    checked += numbered.length;
    findings.push(
      ...numberGaps(numbered).map(({ from, to }) => ({
        what: 'numberGap' as const,
        detail: from === to ? from : `${from} – ${to}`,
        object,
      })),
    );
  }
  return { checked, findings };
};
