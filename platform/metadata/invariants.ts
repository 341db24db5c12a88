import type { ObjectDefinition } from '#platform/kernel/model.ts';
import { problem, type Problem } from './definition-errors.ts';
import { overlapProblems } from './no-overlap.ts';

const statuses = { type: 'array', minItems: 1, maxItems: 20, items: { type: 'string' } } as const;
const someIds = { type: 'array', minItems: 1, maxItems: 60, uniqueItems: true, items: { type: 'string' } } as const;
const oneId = { type: 'string' } as const;

/** JSON Schema of the setting: in these statuses the rows' sums of two fields are the same. */
export const balancedSchema = {
  type: 'object',
  properties: { in: statuses, lines: oneId, plus: oneId, minus: oneId },
  required: ['in', 'lines', 'plus', 'minus'],
  additionalProperties: false,
  description: 'In these statuses the sum of one field of the rows is that of another; the database holds it. Fields by id.',
} as const;

/** JSON Schema of the setting: records in these statuses form a chain of hashes. */
export const chainedSchema = {
  type: 'object',
  properties: {
    in: statuses,
    position: oneId,
    previous: oneId,
    hash: oneId,
    covers: someIds,
    lines: { type: 'object', properties: { of: oneId, covers: someIds }, required: ['of', 'covers'], additionalProperties: false },
  },
  required: ['in', 'position', 'previous', 'hash', 'covers'],
  additionalProperties: false,
  description: 'Records that reach these statuses are chained: each keeps its position, the hash before and its own. Fields by id.',
} as const;

/** What is wrong with what the database is to hold of an object: names of fields that nobody has. */
export function invariantProblems(object: ObjectDefinition, find: (name: string) => ObjectDefinition | undefined): readonly Problem[] {
  const { balanced, chained } = object;
  const own = chained ? [chained.position, chained.previous, chained.hash, ...chained.covers] : [];
  const known = new Set(object.fields.map((field) => field.id));
  const unknown = (ids: readonly string[], among: ReadonlySet<string>, at: string): readonly Problem[] =>
    ids.filter((one) => !among.has(one)).map((one) => problem(at, 'unknown', `${object.label.en} has no field of the id "${one}" there.`));
  const rows = (children: string | undefined): ReadonlySet<string> => {
    const child = object.fields.find((field) => field.id === children)?.child;
    return new Set(find(child ?? '')?.fields.map((field) => field.id));
  };
  return [
    ...overlapProblems(object),
    ...unknown(own, known, '/chained'),
    ...(chained?.lines ? unknown(chained.lines.covers, rows(chained.lines.of), '/chained/lines') : []),
    ...(balanced ? unknown([balanced.plus, balanced.minus], rows(balanced.lines), '/balanced') : []),
  ];
}
