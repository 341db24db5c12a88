import type { JsonSchema } from '#platform/kernel/field-types/field-type.ts';
import { isRecord } from '#platform/kernel/is-record.ts';
import type { CommandDefinition, InputField, LineCondition, LineInput, LineSum, ObjectDefinition } from '#platform/kernel/model.ts';
import { trusted } from '#platform/kernel/seam.ts';
import { problem, under, type Problem } from './definition-errors.ts';
import { labelSchema, readLabel } from './label.ts';
import { findField, unknownField, type FindObject } from './layout.ts';

const string: JsonSchema = { type: 'string' };
const names: JsonSchema = { type: 'array', items: string };
const apiName: JsonSchema = { type: 'string', pattern: '^[a-z][A-Za-z0-9]{0,40}$' };
const condition: JsonSchema = {
  type: 'object',
  properties: { field: string, in: names },
  required: ['field', 'in'],
  additionalProperties: false,
};

function shape(properties: { readonly [name: string]: JsonSchema }, required: readonly string[]): JsonSchema {
  return { type: 'object', properties, required, additionalProperties: false };
}

/** What an input field of a command may say beside what every field may: JSON Schema properties of the metadata files. */
export const INPUT_SETTINGS = {
  asked: { const: false, description: 'For programs; the screens do not ask for it.' },
  lines: {
    ...shape(
      {
        of: string,
        key: apiName,
        columns: names,
        only: condition,
        open: shape({ label: labelSchema, plus: names, minus: names, tolerance: string }, ['plus']),
        ready: shape({ label: labelSchema, only: condition, plus: names, minus: names }, ['label', 'plus']),
        quantities: {
          type: 'array',
          minItems: 1,
          items: shape({ name: apiName, label: labelSchema, prefilled: { type: 'boolean' } }, ['name', 'label']),
        },
      },
      ['of', 'key', 'columns', 'open', 'quantities'],
    ),
    description: 'Of a json field: its rows are quantities of the record’s lines, drawn as a grid. Fields are named by name.',
  },
} as const satisfies { readonly [name: string]: JsonSchema };

/** The settings of an input field that are not a field's; the file's schema has checked their types, labels are read here. */
export function readInputSettings(input: { readonly [key: string]: unknown }): Pick<InputField, 'lines' | 'asked'> {
  const { lines, asked } = input;
  return {
    ...(asked === false ? { asked } : {}),
    ...(isRecord(lines) ? { lines: trusted<LineInput>(withLabels(lines)) } : {}),
  };
}

function withLabels(lines: { readonly [key: string]: unknown }): unknown {
  const { open, ready, quantities } = lines;
  return {
    ...lines,
    ...(isRecord(open) && open['label'] !== undefined ? { open: labelled(open) } : {}),
    ...(isRecord(ready) ? { ready: labelled(ready) } : {}),
    quantities: Array.isArray(quantities) ? quantities.filter(isRecord).map(labelled) : [],
  };
}

function labelled(part: { readonly [key: string]: unknown }): unknown {
  return { ...part, label: readLabel(part['label'], { language: 'en', pointer: '', maxLength: 120 }).label ?? { en: '' } };
}

/** A command whose line inputs name fields by id, once all objects are there; and what they name that is not. */
export function withLineInputs(
  command: CommandDefinition,
  object: ObjectDefinition,
  find: FindObject,
): { command: CommandDefinition; problems: readonly Problem[] } {
  const read = (command.input ?? []).map((field) =>
    field.lines ? inputOf(field, field.lines, { object, find }) : { field, problems: [] },
  );
  const problems = read.flatMap((one, position) => under(`/input/${position}/lines`, one.problems));
  return { command: { ...command, ...(command.input ? { input: read.map((one) => one.field) } : {}) }, problems };
}

type At = { readonly object: ObjectDefinition; readonly find: FindObject };

function inputOf(field: InputField, lines: LineInput, { object, find }: At): { field: InputField; problems: readonly Problem[] } {
  const of = findField(object, lines.of);
  const child = of?.type === 'children' ? find(of.child ?? '') : undefined;
  if (!of || !child) return { field, problems: [problem('/of', 'unknown', `${object.label.en} has no rows "${lines.of}".`)] };
  if (field.type !== 'json') return { field, problems: [problem('', 'type', 'Lines are the rows of a field of type json.')] };
  const problems: Problem[] = [];
  const id = (owner: ObjectDefinition, name: string): string => {
    const found = findField(owner, name);
    if (!found) problems.push(unknownField(owner, name));
    return found?.id ?? name;
  };
  const sum = <Sum extends LineSum>(one: Sum): Sum => ({
    ...one,
    plus: one.plus.map((name) => id(child, name)),
    ...(one.minus ? { minus: one.minus.map((name) => id(child, name)) } : {}),
  });
  const when = (one: LineCondition | undefined) => (one ? { only: { ...one, field: id(child, one.field) } } : {});
  const resolved: LineInput = {
    ...lines,
    of: of.id,
    columns: lines.columns.map((name) => id(child, name)),
    ...when(lines.only),
    open: { ...sum(lines.open), ...(lines.open.tolerance === undefined ? {} : { tolerance: id(object, lines.open.tolerance) }) },
    ...(lines.ready ? { ready: { ...sum(lines.ready), ...when(lines.ready.only) } } : {}),
  };
  return { field: { ...field, lines: resolved }, problems };
}
