import Handlebars from 'handlebars';
import { isRecord } from '#platform/kernel/is-record.ts';
import { isList, plainText } from '#platform/kernel/json.ts';
import { HELPERS } from './helpers.ts';
import { htmlIn } from './html.ts';
import type { Argument, Part, Path } from './parts.ts';
import { TemplateProblem } from './problem.ts';

/** Parts that one template may come to, rows of lists included, and characters of what it writes. */
const STEPS_MAX = 20_000;
const OUTPUT_MAX = 200_000;

/** In which language values are written, and whether they stand in HTML. */
export type Manner = { readonly language: string; readonly isHtml: boolean };

/**
 * Writes what a template says of some values: plain JSON, of which only own properties are seen. It ends after so many steps and characters, whatever
 * the template; throws TemplateProblem then.
 */
export function renderTemplate(parts: readonly Part[], values: unknown, manner: Manner): string {
  const writing: Writing = { manner, written: [], length: 0, steps: 0 };
  write(writing, parts, values);
  return writing.written.join('');
}

type Writing = { readonly manner: Manner; readonly written: string[]; length: number; steps: number };

function write(writing: Writing, parts: readonly Part[], values: unknown): void {
  for (const part of parts) {
    count(writing);
    if (part.kind === 'text') add(writing, part.text);
    else if (part.kind === 'value') add(writing, said(writing.manner, part, values));
    else writeBlock(writing, part, values);
  }
}

function writeBlock(writing: Writing, part: Extract<Part, { readonly body: readonly Part[] }>, values: unknown): void {
  const held = valueAt(values, part.path);
  if (part.kind === 'each') {
    const rows = isList(held) ? held : [];
    for (const row of rows) {
      count(writing);
      write(writing, part.body, row);
    }
    if (rows.length === 0) write(writing, part.otherwise, values);
    return;
  }
  const isMet = isThere(held) === (part.kind === 'if');
  write(writing, isMet ? part.body : part.otherwise, values);
}

function said({ language, isHtml }: Manner, { helper, given }: Extract<Part, { kind: 'value' }>, values: unknown): string {
  const [first] = given;
  const clean = helper === null && isHtml && first && 'path' in first ? htmlIn(valueAt(values, first.path)) : null;
  if (clean !== null) return clean;
  const texts = given.map((one) => textOf(one, values));
  const text = helper === null ? (texts[0] ?? '') : (HELPERS[helper]?.(language, texts) ?? '');
  return isHtml ? Handlebars.escapeExpression(text) : text;
}

function textOf(given: Argument, values: unknown): string {
  return 'literal' in given ? given.literal : plainText(valueAt(values, given.path));
}

function valueAt(values: unknown, path: Path): unknown {
  let held = values;
  for (const step of path) held = isRecord(held) && Object.hasOwn(held, step) ? held[step] : undefined;
  return held;
}

/** As Handlebars takes it: nothing, no, zero, an empty text and an empty list are not there. A decimal text that is zero is not either. */
function isThere(held: unknown): boolean {
  if (isList(held)) return held.length > 0;
  if (typeof held === 'string') return held !== '' && !/^-?0+(\.0+)?$/.test(held);
  return Boolean(held);
}

function add(writing: Writing, text: string): void {
  writing.length += text.length;
  if (writing.length > OUTPUT_MAX) throw tooMuch();
  writing.written.push(text);
}

function count(writing: Writing): void {
  writing.steps += 1;
  if (writing.steps > STEPS_MAX) throw tooMuch();
}

function tooMuch(): TemplateProblem {
  return new TemplateProblem({
    en: 'What the template writes is too long.',
    de: 'Was die Vorlage schreibt, ist zu lang.',
  });
}
