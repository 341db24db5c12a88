import type { DunningNotice, Invoice } from '#metadata/records.gen.ts';
import { isRecord } from '#platform/kernel/is-record.ts';
import { isList, plainText } from '#platform/kernel/json.ts';
import { defineCommand, type Work } from '#platform/kernel/module.ts';
import { uuidV7 } from '#platform/kernel/uuid.ts';
import { lateFeeLines } from '../rules/late-fee.ts';

/** A reminder has gone out. Where its policy says so, what it asks for beyond the invoices is owed by an invoice of its own, issued with it. */
export const markSent = defineCommand<DunningNotice, Record<string, never>>({
  object: 'dunning_notice',
  name: 'markSent',
  run: async (work, notice) => {
    const lines = notice.invoicesFees === true ? lateFeeLines(notice) : [];
    if (lines.length === 0) return undefined;
    await chargeInterest(work, notice);
    const id = uuidV7();
    await work.create('invoice', id, {
      kind: 'lateFee',
      dunningNoticeId: notice.id,
      customerId: notice.customerId,
      companyId: notice.companyId ?? null,
      currency: notice.currency,
      billingAddress: notice.billingAddress ?? null,
      ...((notice.deadline ?? '') >= work.today(notice.companyId ?? undefined) ? { dueDate: notice.deadline } : {}),
      lines,
    });
    return { created: [{ object: 'invoice', id }], followedBy: [{ object: 'invoice', id, command: 'issue', input: {} }] };
  },
});

/** Interest of the invoices is charged up to the day of the reminder: the next one asks for what comes after. Locked in the order of their ids. */
async function chargeInterest(work: Work, notice: DunningNotice): Promise<void> {
  const rows = isList(notice.invoices) ? notice.invoices.filter(isRecord) : [];
  for (const id of rows.map((row) => plainText(row['invoiceId'])).toSorted()) {
    const invoice = await work.lock<Invoice>('invoice', id);
    if ((invoice.interestUntil ?? '') < notice.date) await work.save('invoice', { id, interestUntil: notice.date });
  }
}
