import type { JournalEntry, PostingRule } from '#metadata/records.gen.ts';
import { invalidValues, faultAt, Refusal } from '#platform/kernel/errors.ts';
import { isRecord } from '#platform/kernel/is-record.ts';
import { defineCommand, type RecordValues } from '#platform/kernel/module.ts';
import { documentFor, type SourceObject } from '../posting/document-for.ts';
import { previewOfDraft, previewOfDocument } from '../posting/preview.ts';
import { takenBackAfter } from '../posting/taken-back-after.ts';

type Input = { readonly sourceObject: SourceObject | 'journal_entry'; readonly source: string; readonly rule?: unknown };

/**
 * Shows the entry that a document would be posted as, by the rules in force or by one that is being written: it is posted by the same code, in a
 * transaction that is taken back.
 */
export const preview = defineCommand<Record<string, never>, Input>({
  object: 'posting_rule',
  name: 'preview',
  ask: async ({ begin, record }, _record, { sourceObject, source, rule = null }) => {
    const foreign = sourceObject === 'invoice' || sourceObject === 'credit_note' ? await record(sourceObject, source) : {};
    if (!foreign) throw gone();
    const values = ruleValues(rule);
    const answer = await takenBackAfter(begin, async (work) => {
      if (sourceObject === 'journal_entry') return previewOfDraft(work, await work.lock<JournalEntry>('journal_entry', source));
      const document = await documentFor(work, { sourceObject, source, record: foreign });
      const saved = values && (await work.save<PostingRule>('posting_rule', { ...values, isActive: true }));
      return previewOfDocument(work, document, saved);
    });
    return { values: { answer } };
  },
  run: (_work, _record, _input, { values }) => Promise.resolve({ answer: values?.['answer'] }),
});

function ruleValues(rule: unknown): RecordValues | null {
  if (rule === null) return null;
  if (isRecord(rule)) return rule;
  const said = { en: 'rule has the values of a posting rule.', de: 'rule hat die Werte einer Buchungsregel.' };
  throw invalidValues([faultAt({ pointer: '/rule', field: 'rule', rule: 'object' }, said)]);
}

function gone(): Refusal {
  return new Refusal('not_found', { en: 'This document is no longer there.', de: 'Diesen Beleg gibt es nicht mehr.' });
}
