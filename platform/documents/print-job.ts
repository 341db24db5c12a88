import type { Json } from '#platform/kernel/model.ts';
import type { Sentence } from '#platform/kernel/sentence.ts';

/** What is printed: a template's source, the values that it writes, pictures by their file names, and the second that the file bears as its date. */
export type PrintJob = {
  readonly source: string;
  readonly data: { readonly [name: string]: Json };
  readonly pictures: readonly { readonly name: string; readonly bytes: Uint8Array }[];
  readonly atSeconds: number;
  /** A PDF, or one drawing of all pages for the screens. */
  readonly as: 'pdf' | 'svg';
};

/** What came of it. */
export type Printed = { readonly bytes: Buffer; readonly pages: number };

/** Why a template could not be printed, in a sentence; `line` is its own line, from 1, where that is known. */
export type PrintProblem = { readonly said: Sentence; readonly line: number | null };

/** What the printing process answers. */
export type PrintAnswer = Printed | { readonly problem: PrintProblem };

/** What a document may take at most, in time of the processor and in memory: a template is somebody's program. */
export type PrintLimits = { readonly milliseconds: number; readonly megabytes: number };

export const PRINT_LIMITS: PrintLimits = { milliseconds: 5000, megabytes: 600 };

/** The most pages of a document. */
export const PAGES_MAX = 400;

/** A template that could not be printed. */
export class PrintError extends Error {
  readonly said: Sentence;
  readonly line: number | null;
  constructor({ said, line }: PrintProblem) {
    super(said.en);
    this.name = 'PrintError';
    this.said = said;
    this.line = line;
  }
}
