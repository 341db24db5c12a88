import type { Json } from '../model.ts';
import type { Need, RecordValues } from '../module.ts';
import { trusted } from '../seam.ts';

/** What a printed document says, by the names under which templates write it. Decimals, days and instants are strings; what is not known is null. */
export type DocumentContent = { readonly [name: string]: Json };

/** Records that a document speaks of, by the names under which it asked for them. */
export type DocumentFacts = { readonly [fact: string]: readonly RecordValues[] | undefined };

/**
 * A document that records of an object are printed as. Which commands issue it is said in the object's metadata (`document`);
 * how it looks is said by its templates, `modules/<module>/templates/<object>.<language>.typ`, and those that administrators make of them.
 */
export type DocumentDefinition<R extends RecordValues = RecordValues, Facts extends DocumentFacts = DocumentFacts> = {
  readonly object: string;
  readonly needs: (record: R) => { readonly [fact: string]: Need };
  /** Pure: the same record and facts say the same. */
  readonly content: (record: R, facts: Facts, language: string) => DocumentContent;
  /** The fields of which the content is made, `lines` and `lines.unitPrice` of its rows: who may not read one of them may not read the document. */
  readonly prints: readonly string[];
  /** A record with all there is to say, on which templates are tried. */
  readonly sample: { readonly record: R; readonly facts: Facts };
};

/** A document, checked against the type of its record; the metadata guarantee that records have it. */
export function defineDocument<R extends RecordValues, Facts extends DocumentFacts>(
  definition: DocumentDefinition<R, Facts>,
): DocumentDefinition {
  return trusted(Object.freeze(definition));
}
