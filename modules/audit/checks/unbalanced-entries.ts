import { exact, sumOf } from '#platform/kernel/decimal.ts';
import { isRecord } from '#platform/kernel/is-record.ts';
import { isList, plainText } from '#platform/kernel/json.ts';
import type { Check, Finding } from './check.ts';
import { liveRecords } from './live-records.ts';

/** Looks for posted entries whose debit is not their credit. */
export const checkUnbalancedEntries: Check = async (job) => {
  const findings: Finding[] = [];
  let checked = 0;
  const query = { fields: 'id,number,postedAt,postedBy,lines.debit,lines.credit', 'filter[status]': 'posted', sort: 'id' };
  for await (const { id, number, postedAt, postedBy, lines } of liveRecords(job, {
    service: 'accounting',
    collection: 'journal-entries',
    query,
  })) {
    checked += 1;
    const rows = isList(lines) ? lines.filter(isRecord) : [];
    const side = (name: string) => sumOf(rows.map((row) => plainText(row[name]) || '0'));
    const difference = exact(side('debit')).minus(side('credit'));
    if (difference.isZero()) continue;
    findings.push({
      what: 'unbalanced',
      detail: `${plainText(number)}: ${difference.toFixed()}`,
      object: 'journal_entry',
      record: plainText(id),
      actor: plainText(postedBy),
      at: plainText(postedAt),
    });
  }
  return { checked, findings };
};
