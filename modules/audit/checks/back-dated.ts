import { plainText } from '#platform/kernel/json.ts';
import type { Check, Finding } from './check.ts';
import { liveRecords } from './live-records.ts';

const DAYS = 10;
const DAY_MS = 86_400_000;

/** Looks for entries that were posted more than so many days after their date. */
export const checkBackDated: Check = async (job, { since, threshold }) => {
  const findings: Finding[] = [];
  const days = threshold ?? DAYS;
  let checked = 0;
  const query = {
    fields: 'id,number,date,postedAt,postedBy',
    'filter[status]': 'posted',
    ...(since === null ? {} : { 'filter[postedAt][gte]': since }),
    sort: 'id',
  };
  for await (const { id, number, date, postedAt, postedBy } of liveRecords(job, {
    service: 'accounting',
    collection: 'journal-entries',
    query,
  })) {
    checked += 1;
    const late = Math.floor((Date.parse(plainText(postedAt)) - Date.parse(plainText(date))) / DAY_MS);
    if (!(late > days)) continue;
    const detail = `${plainText(number)}, ${plainText(date)}: +${late}`;
    findings.push({
      what: 'backDated',
      detail,
      object: 'journal_entry',
      record: plainText(id),
      actor: plainText(postedBy),
      at: plainText(postedAt),
    });
  }
  return { checked, findings };
};
