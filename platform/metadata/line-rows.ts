import { fieldType } from '#platform/kernel/field-types/index.ts';
import type { JsonSchema } from '#platform/kernel/field-types/field-type.ts';
import { isRecord } from '#platform/kernel/is-record.ts';
import { isList } from '#platform/kernel/json.ts';
import type { FieldDefinition, LineInput } from '#platform/kernel/model.ts';
import { didYouMean } from '#platform/kernel/nearest.ts';
import type { SchemaError } from './schema-compiler.ts';

const ROWS_MAX = 1000;
const EXAMPLE_ID = '01890a5d-ac96-774b-bcce-b302099a8057';

/** JSON Schema of the rows that say how much of which line. */
export function rowsSchema({ key, quantities }: LineInput): JsonSchema {
  const quantity = decimal().jsonSchema(quantityField('quantity'));
  // Where several quantities share what is open, a row may be of any of them.
  const needed = quantities.length > 1 ? [] : quantities.filter((each) => each.prefilled === true).map(({ name }) => name);
  return {
    type: 'array',
    maxItems: ROWS_MAX,
    items: {
      type: 'object',
      properties: { [key]: { type: 'string', format: 'uuid' }, ...Object.fromEntries(quantities.map(({ name }) => [name, quantity])) },
      required: [key, ...needed],
      additionalProperties: false,
    },
  };
}

/** Rows as they may be sent, for documentation. */
export function exampleRows({ key, quantities }: LineInput) {
  return [{ [key]: EXAMPLE_ID, ...Object.fromEntries(quantities.map(({ name }) => [name, '1.5'])) }];
}

/** What is wrong with a row: where, and the sentence for who sent it. `error` comes from `rowsSchema` under the input's name. */
export function rowProblem(
  lines: LineInput,
  error: SchemaError,
): { readonly pointer: string; readonly rule: string; readonly message: string } {
  const [, , index, part] = error.instancePath.split('/');
  const names = [lines.key, ...lines.quantities.map(({ name }) => name)];
  const extra = error.keyword === 'additionalProperties' ? String(error.params['additionalProperty']) : undefined;
  if (index === undefined) {
    const message =
      error.keyword === 'maxItems' ? `There are at most ${ROWS_MAX} rows.` : `It is a list: ${JSON.stringify(exampleRows(lines))}.`;
    return { pointer: error.instancePath, rule: error.keyword, message };
  }
  const row = `Row ${Number(index) + 1}`;
  if (extra !== undefined) {
    const message = `${row} takes ${names.join(', ')}, no ${extra.slice(0, 60)}.${didYouMean(extra, names)}`;
    return { pointer: `${error.instancePath}/${extra}`, rule: 'unknown', message };
  }
  const name = error.keyword === 'required' ? String(error.params['missingProperty']) : part;
  const pointer = error.keyword === 'required' ? `${error.instancePath}/${name ?? ''}` : error.instancePath;
  const message =
    name === undefined
      ? `${row} is an object: ${JSON.stringify(exampleRows(lines)[0])}.`
      : name === lines.key
        ? `${row} needs ${name}, the id of a line.`
        : `${row} needs ${name}, a number such as "1.5".`;
  return { pointer, rule: error.keyword, message };
}

/** Rows that fit their schema in canonical form: quantities are decimal strings. */
export function canonicalRows({ quantities }: LineInput, rows: unknown): unknown {
  const canonical = (name: string, value: unknown): unknown => decimal().normalize?.(value, quantityField(name)) ?? value;
  return (isList(rows) ? rows : []).filter(isRecord).map((row) => ({
    ...row,
    ...Object.fromEntries(quantities.flatMap(({ name }) => (name in row ? [[name, canonical(name, row[name])] as const] : []))),
  }));
}

function decimal() {
  return fieldType('decimal');
}

function quantityField(name: string): FieldDefinition {
  return { id: name, name, label: { en: name }, type: 'decimal', column: name, state: 'active' };
}
