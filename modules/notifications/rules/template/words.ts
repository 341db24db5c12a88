import type { FieldsOf } from '#platform/kernel/fields-of.ts';
import { isRecord } from '#platform/kernel/is-record.ts';
import type { FieldDefinition } from '#platform/kernel/model.ts';
import { nearest } from '#platform/kernel/nearest.ts';
import type { NamedEvent } from '../named-events.ts';
import { DIGEST, EVENT_ALONE } from '../subjects.ts';
import type { Argument, Part, Path } from './parts.ts';
import { TemplateProblem } from './problem.ts';

/** What a template can name: values, and what stands in them by further names. */
export type Words = { readonly [name: string]: Words | null };

const PARTS_OF_ADDRESS: Words = { street: null, postalCode: null, city: null, region: null, country: null };

/** What templates have of those whom a record leads to: what this service keeps of them. */
const AROUND: Words = {
  customer: { name: null, number: null, email: null, phone: null },
  company: { name: null, email: null, phone: null, website: null },
  recipient: { name: null },
  link: null,
};

/** What a letter of several has: its messages, and how many. */
const IN_DIGEST: Words = {
  count: null,
  messages: { subject: null, body: null },
  company: AROUND['company'] ?? null,
  recipient: AROUND['recipient'] ?? null,
};

/** What a template can name that is about an object, about an event alone or a letter of several, and of the event that it tells of; null for an object that is not known here. */
export function wordsAbout(fieldsOf: FieldsOf, about: string, event: NamedEvent | null): Words | null {
  if (about === DIGEST) return IN_DIGEST;
  const fields = about === EVENT_ALONE ? new Map<string, FieldDefinition>() : fieldsOf(about);
  if (!fields) return null;
  const own = [...fields].filter(([, { type }]) => type !== 'children').map(([name, field]) => [name, inside(field)] as const);
  return { ...Object.fromEntries<Words | null>(own), ...AROUND, ...(event ? { event: saidIn(event.schema) ?? {} } : {}) };
}

/** What a JSON Schema declares: the properties of an object, or of the rows of a list. */
function saidIn(schema: unknown): Words | null {
  if (!isRecord(schema)) return null;
  const { properties, items } = schema;
  if (items !== undefined) return saidIn(items);
  return isRecord(properties) ? Object.fromEntries(Object.entries(properties).map(([name, inner]) => [name, saidIn(inner)])) : null;
}

function inside({ type, rowFields }: FieldDefinition): Words | null {
  if (type === 'address') return PARTS_OF_ADDRESS;
  return rowFields ? Object.fromEntries(rowFields.map(({ name }) => [name, null])) : null;
}

/** Refuses the first name that is none, with the nearest that is one. Throws TemplateProblem. */
export function checkWords(parts: readonly Part[], words: Words): void {
  for (const part of parts) {
    if (part.kind === 'text') continue;
    const paths = part.kind === 'value' ? part.given.flatMap((one: Argument) => ('path' in one ? [one.path] : [])) : [part.path];
    for (const path of paths) checkPath(path, words, part.line);
    if (part.kind === 'value') continue;
    checkWords(part.body, part.kind === 'each' ? rowsOf(part.path, words) : words);
    checkWords(part.otherwise, words);
  }
}

function checkPath(path: Path, words: Words, line: number): void {
  let known: Words | null = words;
  for (const step of path) {
    if (known === null || !Object.hasOwn(known, step)) throw unknownWord(path.join('.'), step, { known, line });
    known = known[step] ?? null;
  }
}

function rowsOf(path: Path, words: Words): Words {
  let known: Words | null = words;
  for (const step of path) known = known?.[step] ?? null;
  return known ?? {};
}

function unknownWord(written: string, step: string, { known, line }: { known: Words | null; line: number }): TemplateProblem {
  const near = nearest(step, Object.keys(known ?? {}));
  const shown = written.slice(0, 80);
  return new TemplateProblem(
    {
      en: `There is no {{${shown}}} (line ${line}).${near === undefined ? '' : ` Did you mean ${near}?`}`,
      de: `{{${shown}}} gibt es nicht (Zeile ${line}).${near === undefined ? '' : ` Meinten Sie ${near}?`}`,
    },
    line,
  );
}
