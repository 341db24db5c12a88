import type { Period } from '#metadata/records.gen.ts';
import { Refusal } from '#platform/kernel/errors.ts';
import { isClosedFor, type DocumentType } from '../rules/period-state.ts';

/** The period, if entries of this kind can be posted in it; refuses (`wrong_state`) a closed one and a day without a fiscal year. */
export function openPeriod(period: Period | null, documentType: DocumentType, date: string): Period {
  if (!period)
    throw new Refusal('wrong_state', {
      en: `There is no fiscal year for ${date}. Open it first, or choose another date.`,
      de: `Für den ${date} gibt es kein Geschäftsjahr. Legen Sie es zuerst an, oder wählen Sie ein anderes Datum.`,
    });
  if (!isClosedFor(period, documentType)) return period;
  throw new Refusal('wrong_state', {
    en: `The period ${period.name ?? ''} is closed for this. Choose another date, or reopen the period.`,
    de: `Die Periode ${period.name ?? ''} ist dafür geschlossen. Wählen Sie ein anderes Datum, oder öffnen Sie die Periode wieder.`,
  });
}
