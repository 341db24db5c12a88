import { textOf } from '../fields/input-frame.ts';
import { trusted } from './client.ts';
import type { BusinessObject } from './metadata.ts';
import { queryRecords, runCommand } from './records.ts';
import { recordTitle, titleFields } from './titles.ts';

/** A message template as it is being written, and the record on which it is tried. */
export type WrittenMessage = {
  readonly about: string;
  /** The event that it tells of, where it names one. */
  readonly event: string | null;
  readonly channel: string;
  readonly language: string;
  readonly subject: string;
  readonly body: string;
  /** None for one that tells of an event alone. */
  readonly record: string | null;
};

/** What it says of the record: the text as cleaned HTML. */
export async function previewMessage(
  templates: BusinessObject,
  written: WrittenMessage,
): Promise<{ readonly subject: string; readonly body: string }> {
  const answer = await runCommand(templates, null, { name: 'preview', input: written });
  return trusted<{ answer: { subject: string; body: string } }>(answer).answer;
}

/** The newest records of an object, by their titles. */
export async function recordsToTry(
  about: BusinessObject,
  signal: AbortSignal,
): Promise<readonly { readonly id: string; readonly title: string }[]> {
  const fields = ['id', ...titleFields(about).map(({ name }) => name)].join(',');
  const { items } = await queryRecords(about, { fields, sort: '-createdAt', limit: 25 }, signal);
  return items.map((record) => ({ id: textOf(record['id']), title: recordTitle(about, record) || textOf(record['id']).slice(0, 8) }));
}
