import { faultAt, invalidValues, type FieldError } from '#platform/kernel/errors.ts';
import type { DocumentDefinition } from '#platform/kernel/documents/document.ts';
import { isRecord } from '#platform/kernel/is-record.ts';
import type { ObjectDefinition } from '#platform/kernel/model.ts';
import type { RecordValues } from '#platform/kernel/module.ts';
import { nearest } from '#platform/kernel/nearest.ts';
import type { Sentence } from '#platform/kernel/sentence.ts';
import type { SchemaIndex } from '#platform/metadata/schema-index.ts';
import { documentData, exampleRecord } from './document-data.ts';
import { PrintError, type PrintJob } from './print-job.ts';
import type { Printer } from './printer.ts';

/** A template that somebody wants to save. */
export type Candidate = {
  readonly index: SchemaIndex;
  readonly object: ObjectDefinition;
  readonly definition: DocumentDefinition;
  readonly language: string;
  readonly source: string;
};

export const SOURCE_CHARACTERS_MAX = 100_000;

/**
 * Refuses (`invalid_value`, with the line) a template that names what documents do not have, that cannot be printed, or that takes too much.
 * It is tried with all there is to say, and with next to nothing.
 */
export async function checkTemplate(printer: Printer, candidate: Candidate): Promise<void> {
  const full = sampleData(candidate, { ...candidate.definition.sample.record, ...exampleRecord(candidate.index, candidate.object) });
  refuseUnknown(candidate.source, full);
  await tried(printer, candidate, full);
  const { customerId = null, lines: _lines, ...rest } = candidate.definition.sample.record;
  const empty = Object.fromEntries(Object.keys(rest).map((name) => [name, null]));
  await tried(printer, candidate, sampleData(candidate, { ...empty, customerId, lines: [] }, {}));
}

/** What a template of the document can write. */
export function sampleData(
  { index, object, definition, language }: Omit<Candidate, 'source'>,
  record: RecordValues,
  facts: DocumentDefinition['sample']['facts'] = definition.sample.facts,
): PrintJob['data'] {
  return documentData({ index, object, record, content: definition.content(record, facts, language), language, isDraft: true });
}

async function tried(printer: Printer, { source }: Candidate, data: PrintJob['data']): Promise<void> {
  try {
    await printer.print({ source, data, pictures: [], atSeconds: 0, as: 'pdf' });
  } catch (error) {
    if (!(error instanceof PrintError)) throw error;
    throw invalidValues([wrong(error.line, error.said)]);
  }
}

/** A refusal of a line of a template. */
export function wrong(line: number | null, said: Sentence): FieldError {
  return { ...faultAt({ pointer: '/source', field: 'source', rule: 'template' }, said), ...(line === null ? {} : { line }) };
}

const PATH = /(?<![\w.-])doc((?:\.[A-Za-z_][\w-]*)+)/g;
/** What values themselves can do: behind one of these a path is no longer one of names. */
const VERBS: ReadonlySet<string> = new Set(['at', 'keys', 'values', 'pairs', 'len']);

/** Refuses (`invalid_value`, each with its line) the names that no document of the kind has. */
export function refuseUnknown(source: string, data: PrintJob['data']): void {
  const unknown = unknownNames(source, data);
  if (unknown.length > 0) throw invalidValues(unknown);
}

/** Every `doc.…` that no document of the kind has, also where it would not be printed just now. */
function unknownNames(source: string, data: PrintJob['data']): readonly FieldError[] {
  return source.split('\n').flatMap((text, index) =>
    [...withoutComment(text).matchAll(PATH)].flatMap(([, path = '']) => {
      const problem = problemOf(path.slice(1).split('.'), data);
      return problem === null ? [] : [wrong(index + 1, problem)];
    }),
  );
}

function withoutComment(line: string): string {
  return line.replace(/(^|[^:])\/\/.*$/, '$1');
}

function problemOf(names: readonly string[], data: unknown, known = 'doc'): Sentence | null {
  const [name = '', ...rest] = names;
  if (names.length === 0 || !isRecord(data) || VERBS.has(name)) return null;
  if (!Object.hasOwn(data, name)) {
    const near = nearest(name, Object.keys(data));
    return {
      en: `There is no ${known}.${name}.${near === undefined ? '' : ` Did you mean ${near}?`}`,
      de: `Es gibt kein ${known}.${name}.${near === undefined ? '' : ` Meinten Sie ${near}?`}`,
    };
  }
  return problemOf(rest, data[name], `${known}.${name}`);
}
