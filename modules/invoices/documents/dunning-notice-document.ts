import type { DunningNotice } from '#metadata/records.gen.ts';
import { defineDocument } from '#platform/kernel/documents/document.ts';
import { reminderContent, reminderItems } from '#platform/kernel/documents/reminder.ts';
import { salesContent, salesNeeds, type SalesFacts } from '#platform/kernel/documents/sales-document.ts';
import { SAMPLE_FACTS, SAMPLE_PRICES, SAMPLE_RECORD } from '#platform/kernel/documents/sample.ts';

/** The letter that asks for what is overdue: its text is that of its level, its table the invoices. */
export const dunningNoticeDocument = defineDocument<DunningNotice, SalesFacts>({
  object: 'dunning_notice',
  needs: (notice) => salesNeeds(notice),
  content: (notice, facts, language) => ({
    ...salesContent(notice, facts, { address: notice.billingAddress ?? facts.customer?.[0]?.billingAddress, language }),
    ...reminderContent({ ...notice, items: reminderItems(notice.invoices) }),
  }),
  prints: [
    'number',
    'date',
    'customer',
    'customerName',
    'billingAddress',
    'currency',
    'level',
    'deadline',
    'subject',
    'text',
    'invoices',
    'outstanding',
    'interest',
    'fee',
    'total',
  ],
  sample: {
    record: {
      ...SAMPLE_RECORD,
      currency: 'EUR',
      level: 2,
      deadline: '2026-02-20',
      subject: 'Second reminder',
      text: 'You will have overlooked our first reminder.\n\nPlease pay what is overdue by 20 February 2026.',
      outstanding: '3094.89',
      interest: '12.40',
      fee: '5.00',
      total: '3112.29',
      billingAddress: SAMPLE_PRICES.billingAddress,
      invoices: [
        { number: 'IN-2026-00007', date: '2025-12-01', dueDate: '2025-12-15', daysOverdue: 47, overdue: '3094.89', interest: '12.40' },
      ],
    },
    facts: SAMPLE_FACTS,
  },
});
