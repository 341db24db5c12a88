import { faultAt, invalidValues, Refusal, type FieldError } from '#platform/kernel/errors.ts';
import { nearest } from '#platform/kernel/nearest.ts';
import type { Sentence } from '#platform/kernel/sentence.ts';
import type { SchemaError } from './schema-compiler.ts';
import { schemaWords } from './schema-words.ts';

/** One thing wrong with a definition; `rule: 'unknown'` is a name nobody knows (400), all else a refused value (422). */
export type Problem = FieldError;

/** A problem at a JSON pointer; the field is the pointer's last name. */
export function problem(pointer: string, rule: string, message: string): Problem {
  const names = pointer.split('/').filter((part) => part !== '' && !/^\d+$/.test(part));
  const field = names.at(-1);
  return field === undefined ? { pointer, rule, message } : { pointer, field, rule, message };
}

/** Throws the refusal that a list of problems amounts to; returns when there is none. */
export function refuseProblems(problems: readonly Problem[]): void {
  if (problems.length === 0) return;
  const unknown = problems.find((one) => one.rule === 'unknown');
  throw unknown ? new Refusal('unknown_name', unknown.sentence ?? unknown.message, { errors: problems }) : invalidValues(problems);
}

/** Puts problems found in a part where that part stands. */
export function under(pointer: string, problems: readonly Problem[]): readonly Problem[] {
  return problems.map((one) => ({ ...one, pointer: pointer + one.pointer }));
}

/** What a type of field cannot do without, as whoever makes one is asked for it. */
const CHOICES: { readonly [setting: string]: Sentence } = {
  child: { en: 'Choose what its rows are.', de: 'Wählen Sie, was die Zeilen sind.' },
  path: { en: 'Choose the field that it reads.', de: 'Wählen Sie das Feld, das gelesen wird.' },
  target: { en: 'Choose what it refers to.', de: 'Wählen Sie, worauf verwiesen wird.' },
  targets: { en: 'Choose what it may refer to.', de: 'Wählen Sie, worauf verwiesen werden darf.' },
};

/** How settings are written that have a pattern: the expression itself is nothing to read. */
const WRITTEN: { readonly [setting: string]: Sentence } = {
  format: {
    en: 'A number format has one run of zeros in braces, as many as there are digits, such as OF-{YYYY}-{00000}. Before it may stand {YYYY}, {YY} and {MM} for the year and the month, and any text without braces.',
    de: 'Ein Nummernformat hat eine Folge von Nullen in geschweiften Klammern, so viele wie Ziffern, etwa AN-{YYYY}-{00000}. Davor können {YYYY}, {YY} und {MM} für Jahr und Monat stehen, und beliebiger Text ohne geschweifte Klammern.',
  },
  icon: {
    en: 'The name of an icon: small letters, digits and hyphens, such as file-text.',
    de: 'Der Name eines Symbols: kleine Buchstaben, Ziffern und Bindestriche, etwa file-text.',
  },
  module: {
    en: 'The name of a service: small letters, digits and hyphens, such as delivery-notes.',
    de: 'Der Name eines Dienstes: kleine Buchstaben, Ziffern und Bindestriche, etwa delivery-notes.',
  },
  path: {
    en: 'A reference and a field of what it refers to, such as customer.vatNumber.',
    de: 'Eine Referenz und ein Feld dessen, worauf sie verweist, etwa customer.vatNumber.',
  },
};

/** Errors of a definition's JSON Schema as sentences. `known` are the properties it may have at the top. */
export function schemaProblems(errors: readonly SchemaError[], known: readonly string[]): readonly Problem[] {
  const seen = new Set<string>();
  return errors.flatMap((error) => {
    const found = sentence(error, known);
    if (seen.has(found.pointer) || error.keyword === 'if') return [];
    seen.add(found.pointer);
    return [found];
  });
}

function sentence(error: SchemaError, known: readonly string[]): Problem {
  const at = error.instancePath;
  const name = nameAt(at);
  const extra: unknown = error.params['additionalProperty'];
  if (typeof extra === 'string') {
    const near = at === '' ? nearest(extra, known) : undefined;
    return said(problem(`${at}/${escapePointer(extra)}`, 'unknown', ''), {
      en: `There is no setting "${extra}" here${near ? `; did you mean "${near}"?` : '.'}`,
      de: `Eine Einstellung „${extra}“ gibt es hier nicht${near ? `; meinten Sie „${near}“?` : '.'}`,
    });
  }
  const missing: unknown = error.params['missingProperty'];
  if (typeof missing === 'string') {
    const choice = at === '' ? CHOICES[missing] : undefined;
    return said(problem(`${at}/${missing}`, 'required', ''), choice ?? { en: `"${missing}" is missing.`, de: `„${missing}“ fehlt.` });
  }
  const allowed: unknown = error.params['allowedValues'];
  if (Array.isArray(allowed)) {
    const words = allowed.join(', ');
    return said(problem(at, 'enum', ''), {
      en: `"${name}" must be one of ${words}.`,
      de: `„${name}“ muss eines von diesen sein: ${words}.`,
    });
  }
  const expected = error.keyword === 'pattern' ? WRITTEN[name] : undefined;
  if (expected) return faultAt({ pointer: at, field: name, rule: error.keyword }, expected);
  return said(problem(at, error.keyword, ''), schemaWords(name, error));
}

/** What the place of an error is called: the setting, of what is in a list its list and its place, counted from 1. */
function nameAt(pointer: string): string {
  const [last = '', before] = pointer.split('/').toReversed();
  return /^\d+$/.test(last) && before ? `${before} ${Number(last) + 1}` : last || 'It';
}

function said(found: Problem, words: Sentence): Problem {
  return { ...found, message: words.en, sentence: words };
}

/** A name as one segment of a JSON pointer (RFC 6901). */
export function escapePointer(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}
