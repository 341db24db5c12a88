import type { DunningNotice, InvoiceLine } from '#metadata/records.gen.ts';
import { exact } from '#platform/kernel/decimal.ts';

/** What stands on the invoice of a reminder, in its language. */
const WORDS = {
  en: {
    fee: (number: string) => `Fee of reminder ${number}`,
    interest: (number: string) => `Interest on late payment, reminder ${number}`,
    reason: 'Compensation for late payment, not subject to VAT',
  },
  de: {
    fee: (number: string) => `Gebühr der Mahnung ${number}`,
    interest: (number: string) => `Verzugszinsen, Mahnung ${number}`,
    reason: 'Verzugsschaden, nicht steuerbar',
  },
} as const;

/** The lines of the invoice of a reminder's fee and interest; none where it asks for neither. Both compensate for paying late, and are no supply: category O. */
export function lateFeeLines(notice: Pick<DunningNotice, 'number' | 'fee' | 'interest' | 'language'>): readonly Omit<InvoiceLine, 'id'>[] {
  const words = WORDS[notice.language === 'de' ? 'de' : 'en'];
  const number = notice.number ?? '';
  return [
    { description: words.fee(number), unitPrice: notice.fee ?? '0' },
    { description: words.interest(number), unitPrice: notice.interest ?? '0' },
  ].flatMap((line) => {
    if (exact(line.unitPrice).lte(0)) return [];
    const vat = { vatCategory: 'O', vatRate: null, vatExemptionCode: 'VATEX-EU-O', vatExemptionReason: words.reason } as const;
    return [{ ...line, quantity: '1', ...vat }];
  });
}
