import Handlebars from 'handlebars';
import { isRecord } from '#platform/kernel/is-record.ts';
import { isList, plainText } from '#platform/kernel/json.ts';
import { HELPERS } from './helpers.ts';
import type { Argument, Part, Path } from './parts.ts';
import { TemplateProblem } from './problem.ts';

const CHARACTERS_MAX = 50_000;
/** Handlebars takes far more than twice as long for twice as many blocks in one another, so it gets no more than it reads at once. */
const BRACES_MAX = 1_000;
const DEPTH_MAX = 6;
const BLOCKS = ['if', 'unless', 'each'] as const;

/**
 * Takes a template apart: the syntax is Handlebars', of which there are values, our helpers, `if`, `unless` and `each`. It is read by Handlebars and never
 * compiled: no template becomes code. Throws TemplateProblem.
 */
export function parseTemplate(source: string): readonly Part[] {
  if (source.length > CHARACTERS_MAX)
    throw new TemplateProblem({
      en: `A template has at most ${CHARACTERS_MAX} characters.`,
      de: `Eine Vorlage hat höchstens ${CHARACTERS_MAX} Zeichen.`,
    });
  if (source.split('{{').length > BRACES_MAX)
    throw new TemplateProblem({
      en: `A template has at most ${BRACES_MAX} things in double braces.`,
      de: `Eine Vorlage hat höchstens ${BRACES_MAX} Stellen in doppelten Klammern.`,
    });
  return partsOf(parsed(source), 0);
}

function parsed(source: string): unknown {
  try {
    return Handlebars.parse(source);
  } catch (error) {
    const said = error instanceof Error ? error.message : '';
    const line = Number(/line (\d+)/.exec(said)?.[1] ?? 1);
    throw new TemplateProblem(
      {
        en: `Braces do not match, or something stands between them that is no template, in line ${line}.`,
        de: `Klammern passen nicht zusammen, oder zwischen ihnen steht in Zeile ${line} etwas, das keine Vorlage ist.`,
      },
      line,
    );
  }
}

function partsOf(program: unknown, depth: number): readonly Part[] {
  if (!isRecord(program)) return [];
  if (depth > DEPTH_MAX)
    throw new TemplateProblem({
      en: `Blocks stand in one another at most ${DEPTH_MAX} deep.`,
      de: `Blöcke stehen höchstens ${DEPTH_MAX} tief ineinander.`,
    });
  const statements = isList(program['body']) ? program['body'] : [];
  return statements.filter(isRecord).flatMap((statement): readonly Part[] => {
    if (statement['type'] === 'ContentStatement') return [{ kind: 'text', text: plainText(statement['value']) }];
    if (statement['type'] === 'CommentStatement') return [];
    if (statement['type'] === 'MustacheStatement') return [valueOf(statement)];
    if (statement['type'] === 'BlockStatement') return [blockOf(statement, depth)];
    throw unknownThing(statement);
  });
}

type Node = { readonly [key: string]: unknown };

function valueOf(statement: Node): Part {
  const line = lineOf(statement);
  if (statement['escaped'] !== true)
    throw new TemplateProblem(
      {
        en: `Values are always escaped: write two braces, not three, in line ${line}.`,
        de: `Werte werden immer maskiert: In Zeile ${line} gehören zwei Klammern, nicht drei.`,
      },
      line,
    );
  const given = argumentsOf(statement);
  if (given.length === 0) return { kind: 'value', helper: null, given: [argumentOf(statement['path'], line)], line };
  const [name = '', ...others] = pathOf(statement['path'], line);
  if (others.length === 0 && Object.hasOwn(HELPERS, name)) return { kind: 'value', helper: name, given, line };
  throw unknownThing(statement);
}

function blockOf(statement: Node, depth: number): Part {
  const line = lineOf(statement);
  const [name, ...others] = pathOf(statement['path'], line);
  const kind = BLOCKS.find((one) => one === name);
  const [first, ...more] = argumentsOf(statement);
  if (!kind || others.length > 0 || !first || !('path' in first) || more.length > 0) throw unknownThing(statement);
  const body = partsOf(statement['program'], depth + 1);
  return { kind, path: first.path, body, otherwise: partsOf(statement['inverse'], depth + 1), line };
}

function argumentsOf(statement: Node): readonly Argument[] {
  const { params, hash } = statement;
  if (isRecord(hash)) throw unknownThing(statement);
  return isList(params) ? params.map((one) => argumentOf(one, lineOf(statement))) : [];
}

function argumentOf(node: unknown, line: number): Argument {
  if (isRecord(node) && (node['type'] === 'StringLiteral' || node['type'] === 'NumberLiteral'))
    return { literal: plainText(node['value']) };
  return { path: pathOf(node, line) };
}

/** Steps to a value. What Handlebars has besides (`../`, `@root`, expressions in expressions) is not there. */
function pathOf(node: unknown, line: number): Path {
  const parts = isRecord(node) && isList(node['parts']) ? node['parts'] : null;
  if (!isRecord(node) || node['type'] !== 'PathExpression' || node['data'] === true || node['depth'] !== 0 || !parts?.every(isText))
    throw unknownThing({ loc: { start: { line } } });
  return parts;
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function lineOf({ loc }: Node): number {
  const start = isRecord(loc) ? loc['start'] : null;
  return isRecord(start) ? Number(start['line']) : 1;
}

function unknownThing(statement: Node): TemplateProblem {
  const line = lineOf(statement);
  const known = [...Object.keys(HELPERS), ...BLOCKS.map((name) => `#${name}`)].join(', ');
  return new TemplateProblem(
    {
      en: `Line ${line} has something that templates do not know. There are fields, and ${known}.`,
      de: `In Zeile ${line} steht etwas, das Vorlagen nicht kennen. Es gibt Felder, und ${known}.`,
    },
    line,
  );
}
