import type { PostingRule } from '#metadata/records.gen.ts';
import { faultAt, invalidValues, type FieldError } from '#platform/kernel/errors.ts';
import { defineHook } from '#platform/kernel/module.ts';
import type { Sentence } from '#platform/kernel/sentence.ts';

/** A posting rule has lines on both sides, each with a role or an account. */
export const checkRule = defineHook<PostingRule, Record<string, never>>({
  object: 'posting_rule',
  name: 'checkRule',
  derive: ({ lines }) => {
    const rows = lines ?? [];
    const faults: FieldError[] = rows.flatMap((line, at) =>
      Boolean(line.role) === Boolean(line.accountId)
        ? [
            fault(`/lines/${at}/role`, 'oneAccount', {
              en: `Line ${at + 1} names either a role or an account.`,
              de: `Zeile ${at + 1} nennt entweder eine Rolle oder ein Konto.`,
            }),
          ]
        : [],
    );
    const isWhole = rows.some(({ side }) => side === 'debit') && rows.some(({ side }) => side === 'credit');
    if (faults.length === 0 && !isWhole)
      faults.push(
        fault('/lines', 'bothSides', { en: 'A rule has lines in debit and in credit.', de: 'Eine Regel hat Zeilen im Soll und im Haben.' }),
      );
    if (faults.length > 0) throw invalidValues(faults);
    return {};
  },
});

function fault(pointer: string, rule: string, sentence: Sentence): FieldError {
  return faultAt({ pointer, field: 'lines', rule }, sentence);
}
