import { textOf } from '../fields/input-frame.ts';
import type { BusinessObject, Field } from './metadata.ts';
import type { RecordValues } from './records.ts';

/**
 * The fields that say what a record is called, best first. A number that is drawn later leaves a document nameless
 * until then, so that its first searchable text (an offer's subject) stands in.
 */
export function titleFields(object: BusinessObject): readonly Field[] {
  const title = object.fields.find((field) => field.name === object.titleField);
  const isLate = title === undefined || title.type === 'documentNumber' || title.type === 'autoNumber';
  const spare = object.fields.find(
    (field) => field.type === 'text' && field.searchable === true && field.unique !== true && field !== title,
  );
  return [...(title && title.type !== 'children' ? [title] : []), ...(isLate && spare ? [spare] : [])];
}

/** What a record is called; empty when nothing names it yet. */
export function recordTitle(object: BusinessObject, record: RecordValues): string {
  for (const field of titleFields(object)) {
    const text = textOf(record[field.name]);
    if (text !== '') return text;
  }
  return '';
}
