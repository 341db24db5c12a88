import { sentenceOf, sentenceOfField, type SaidOfField } from '../i18n/sentences.ts';

/** One refused value: where it stands in the body and the sentence for who typed it. */
export type FieldProblem = SaidOfField & { readonly pointer: string; readonly field?: string };

/** An answer that is no success (RFC 9457), in the reader's language as far as its sentences are known. `record` is the current one after a 412. */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly errors: readonly FieldProblem[];
  readonly traceId: string | undefined;
  readonly body: { readonly [name: string]: unknown };

  constructor(status: number, body: { readonly [name: string]: unknown }) {
    const code = textOf(body['code']) ?? 'unknown';
    const detail = textOf(body['detail']) ?? textOf(body['title']) ?? `The server answered ${status}.`;
    const errors = Array.isArray(body['errors']) ? body['errors'].filter(isFieldProblem) : [];
    super(sentenceOf({ code, detail, errors, transition: body['transition'], sentence: body['sentence'] }));
    this.name = 'Problem';
    this.status = status;
    this.code = code;
    this.traceId = textOf(body['traceId']);
    this.body = body;
    this.errors = errors.map((error) => ({ ...error, message: sentenceOfField(error) }));
  }
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function isFieldProblem(value: unknown): value is FieldProblem {
  return typeof value === 'object' && value !== null && 'pointer' in value && 'message' in value;
}

/** The problems by top-level field (`/lines/0/quantity` → `lines.0.quantity`), as forms name them. */
export function problemsByPath(problem: unknown): { readonly [path: string]: string } {
  if (!(problem instanceof Problem)) return {};
  return Object.fromEntries(
    problem.errors.map((error) => [error.pointer.replace(/^\//, '').replaceAll('/', '.') || (error.field ?? ''), error.message]),
  );
}
