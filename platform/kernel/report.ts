import type { InputField, Label } from './model.ts';
import type { RecordValues, WorkQuery } from './module.ts';
import { trusted } from './seam.ts';

/** A column of a report; `type` is a field type, `currency` in the same row is that of its money. */
export type ReportColumn = {
  readonly name: string;
  readonly label: Label;
  readonly type: 'text' | 'date' | 'money' | 'integer' | 'select';
  /** select: what its keys are called. */
  readonly options?: readonly { readonly key: string; readonly label: Label }[];
};

/** What a report reads with: everything as its caller may, and nothing else. */
export type Reading = {
  /** Calendar day in the zone of the caller. */
  readonly today: string;
  /** All records that match, up to a limit that is refused with `limit_reached`. */
  all<R extends RecordValues>(object: string, query: Omit<WorkQuery, 'limit'>): Promise<readonly R[]>;
};

/** A table that is worked out of records when it is asked for: `GET /api/{module}/reports/{name}`. */
export type Report<Input extends RecordValues = RecordValues> = {
  /** The last part of its address, in kebab case. */
  readonly name: string;
  readonly label: Label;
  /** The objects that it tells of: who may not read one of them does not know the report. */
  readonly reads: readonly string[];
  readonly input: readonly InputField[];
  readonly columns: readonly ReportColumn[];
  readonly run: (reading: Reading, input: Input) => Promise<readonly RecordValues[]>;
};

/** A report, checked against the type of its input, which the platform has checked against its declaration. */
export function defineReport<Input extends RecordValues>(report: Report<Input>): Report {
  return trusted(Object.freeze(report));
}
