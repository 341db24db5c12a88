import type { DocumentContent, DocumentFacts } from './documents/document.ts';
import type { InputField, Label } from './model.ts';
import type { Need, RecordValues, WorkQuery } from './module.ts';
import { trusted } from './seam.ts';

/** A column of a report. `currency` in the same row is that of its money; numbers, percent and money are decimal strings. */
export type ReportColumn = {
  readonly name: string;
  readonly label: Label;
  readonly type: 'text' | 'date' | 'money' | 'number' | 'percent' | 'select';
  /** select: what its keys are called. */
  readonly options?: readonly { readonly key: string; readonly label: Label }[];
};

/** Where a value leads: to a record, or to another report (`module/name`) and what that is asked. */
export type ReportLink =
  | { readonly object: string; readonly id: string }
  | { readonly report: string; readonly input: { readonly [field: string]: string } };

/** How a row stands among the others: a heading or a sum of those that are further in, and where its values lead. */
export type RowForm = {
  readonly kind?: 'group' | 'total';
  /** How far in it stands; rows that follow and stand further in are its own. */
  readonly level?: number;
  readonly links?: { readonly [column: string]: ReportLink };
};

/** A row: values by column, beside them `currency` and how it stands. */
export type ReportRow = RecordValues & { readonly row?: RowForm };

/** Rows of a report, and where those that follow begin, for `Reading.after`. `asked` is input that was worked out where it was left out. */
export type ReportPage = { readonly rows: readonly ReportRow[]; readonly next?: string | null; readonly asked?: RecordValues };

/** One figure of an aggregate, as of the record API. */
export type ReadMetric = { readonly fn: 'sum' | 'count' | 'min' | 'max'; readonly field?: string; readonly as: string };

/** What a report reads with: everything as its caller may, and nothing else. */
export type Reading = {
  /** Calendar day in the zone of the caller. */
  readonly today: string;
  readonly language: 'en' | 'de';
  /** Where to go on, as the page before said; null at the beginning. */
  readonly after: string | null;
  /** The company of this id, else the caller's own, else the first. */
  company(
    id?: string,
  ): Promise<{ readonly id: string; readonly name: string; readonly currency: string; readonly fiscalYearStart: number } | null>;
  /** All records that match, up to a limit that is refused with `limit_reached`. */
  all<R extends RecordValues>(object: string, query: Omit<WorkQuery, 'limit'>): Promise<readonly R[]>;
  /** A page of records, from a cursor on. */
  page<R extends RecordValues>(
    object: string,
    query: WorkQuery,
    cursor: string | null,
  ): Promise<{ readonly items: readonly R[]; readonly next: string | null }>;
  /** Figures over all records that match, by groups; the database adds up. */
  sums<R extends RecordValues>(
    object: string,
    query: { readonly groupBy: readonly string[]; readonly metrics: readonly ReadMetric[]; readonly filter?: WorkQuery['filter'] },
  ): Promise<readonly R[]>;
};

/** What a letter is made of: the reading of its caller, what was asked, and whom it speaks of. */
export type LetterSource<Input extends RecordValues> = {
  readonly reading: Reading;
  readonly input: Input;
  readonly facts: DocumentFacts;
  readonly language: string;
};

/**
 * A report as a letter to a customer, in their language: `format=letter`. How it looks say the templates of the module,
 * `templates/<report>.<language>.typ`, which are written like those of documents.
 */
export type ReportLetter<Input extends RecordValues = RecordValues> = {
  readonly title: Label;
  /** `customer` is whom it goes to. Who may not read one of these objects does not get the letter. The facts have the `company` beside them. */
  readonly needs: (input: Input) => { readonly [fact: string]: Need };
  readonly content: (source: LetterSource<Input>) => Promise<DocumentContent>;
};

/** Another form in which a report leaves, `format=<format>`: one text, or several files in one archive (ZIP). */
export type ReportFile<Input extends RecordValues = RecordValues> = {
  readonly format: string;
  readonly label: Label;
  /** What the file is called, without a date. */
  readonly name: string;
} & (
  | { readonly type: string; readonly text: (reading: Reading, input: Input) => AsyncIterable<string> }
  | { readonly files: (reading: Reading, input: Input) => readonly ReportPart[] }
);

/** A file of an archive, as it is written. */
export type ReportPart = { readonly name: string; readonly text: AsyncIterable<string> };

/** A table that is worked out of records when it is asked for: `GET /api/{module}/reports/{name}`. */
export type Report<Input extends RecordValues = RecordValues> = {
  /** The last part of its address, in kebab case. */
  readonly name: string;
  readonly label: Label;
  /** What it tells, in a sentence, for those who choose one. */
  readonly help: Label;
  /** The objects that it tells of: who may not read one of them does not know the report. */
  readonly reads: readonly string[];
  readonly input: readonly InputField[];
  /** Objects on whose pages it is offered. There its input that refers to such an object is the record, other references are those of the record by the same names. */
  readonly offeredAt?: readonly string[];
  /** What is taken for input that is left out. */
  readonly defaults?: (given: Partial<Input>, today: string) => Partial<Input>;
  readonly columns: readonly ReportColumn[];
  readonly run: (reading: Reading, input: Input) => Promise<ReportPage>;
  readonly letter?: ReportLetter<Input>;
  readonly files?: readonly ReportFile<Input>[];
};

/** A report, checked against the type of its input, which the platform has checked against its declaration. */
export function defineReport<Input extends RecordValues>(report: Report<Input>): Report {
  return trusted(Object.freeze(report));
}
