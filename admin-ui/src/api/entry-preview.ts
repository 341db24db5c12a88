import { trusted } from './client.ts';
import type { BusinessObject } from './metadata.ts';
import { queryRecords, runCommand, type RecordValues } from './records.ts';

/** The entry that a document would be posted as, or why it would not be. */
export type EntryPreview = {
  readonly entry: {
    readonly date: string;
    readonly period: string;
    readonly description: string;
    readonly currency: string;
    readonly total: string;
    readonly lines: readonly {
      readonly account: string;
      readonly debit: string | null;
      readonly credit: string | null;
      readonly text: string | null;
    }[];
  } | null;
  readonly fault: { readonly reason: string; readonly detail: string } | null;
  readonly rule: { readonly id: string; readonly name: string } | null;
  /** The rule in force that would be taken instead of the one that was asked about. */
  readonly before: { readonly id: string; readonly name: string } | null;
};

/** What is looked at: a document, and the rule that is being written, if one is. */
export type PreviewedDocument = { readonly sourceObject: string; readonly source: string; readonly rule?: RecordValues };

export async function previewEntry(rules: BusinessObject, document: PreviewedDocument): Promise<EntryPreview> {
  return trusted<{ answer: EntryPreview }>(await runCommand(rules, null, { name: 'preview', input: document })).answer;
}

/** Documents that were told of lately for an event, to try a rule on. */
export async function recentPostings(
  postings: BusinessObject,
  event: string,
  signal: AbortSignal,
): Promise<readonly { readonly id: string; readonly title: string | null; readonly date: string }[]> {
  const query = { filter: { event }, fields: 'id,title,date', sort: '-createdAt', limit: 25 };
  return trusted((await queryRecords(postings, query, signal)).items);
}
