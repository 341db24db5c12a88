import type { FieldError } from '#platform/kernel/errors.ts';
import { ValueProblem, type JsonSchema } from '#platform/kernel/field-types/field-type.ts';
import { fieldType } from '#platform/kernel/field-types/index.ts';
import type { CommandDefinition, FieldDefinition, InputField } from '#platform/kernel/model.ts';
import type { RecordValues } from '#platform/kernel/module.ts';
import { didYouMean } from '#platform/kernel/nearest.ts';
import { unstorable } from './text-check.ts';
import { canonicalRows, rowProblem, rowsSchema } from './line-rows.ts';
import { compileSchema, type CheckSchema, type SchemaError } from './schema-compiler.ts';
import { limitIn, limitOf, ruleOf, schemaMessage, sentenceOf } from './validation-messages.ts';

/** Canonical input, and what is refused. */
export type CheckedInput = { readonly values: RecordValues; readonly errors: readonly FieldError[] };

/** An input field as a field: it has no column and lives in no table. */
type Asked = FieldDefinition & Pick<InputField, 'lines'>;

const compiled = new WeakMap<CommandDefinition, CheckSchema>();

/** Checks a command's input against the fields that its definition declares, and brings it into canonical form. Unknown keys are refused. */
export function checkInput(command: CommandDefinition, input: RecordValues): CheckedInput {
  const fields = new Map((command.input ?? []).map((field) => [inputName(field), asField(field)]));
  const errors: FieldError[] = [];
  const values: { [key: string]: unknown } = {};
  for (const [key, value] of Object.entries(input)) {
    const field = fields.get(key);
    const problem = field && unstorable(value);
    if (problem)
      errors.push({ pointer: `/${key}`, field: key, rule: 'characters', message: `${field.label.en} ${problem}.`, label: field.label });
    if (!field)
      errors.push({
        pointer: `/${key}`,
        field: key,
        rule: 'unknown',
        message: `${command.label.en} takes no ${key}.${didYouMean(key, fields.keys())}`,
      });
  }
  const given = Object.fromEntries(Object.entries(input).filter(([key, value]) => fields.has(key) && value !== null && value !== ''));
  for (const error of schemaOf(command, fields)(given)) {
    const field = fields.get(error.instancePath.split('/')[1] ?? '');
    if (field && !errors.some(({ pointer }) => pointer === error.instancePath)) errors.push(asFieldError(field, error));
  }
  for (const [key, field] of fields) {
    if (given[key] === undefined && field.required === true)
      errors.push({ pointer: `/${key}`, field: key, rule: 'required', message: `${field.label.en} is required.`, label: field.label });
    if (given[key] !== undefined && errors.length === 0) values[key] = normalized(field, given[key], errors);
  }
  return { values, errors };
}

function asFieldError(field: Asked, error: SchemaError): FieldError {
  if (field.lines) return { field: field.name, ...rowProblem(field.lines, error) };
  const said = { message: schemaMessage(field, error), label: field.label, ...limitIn(error), ...sentenceOf(field, error) };
  return { pointer: error.instancePath, field: field.name, rule: ruleOf(field, error), ...said };
}

/** JSON Schema of what an input field takes. */
export function inputValueSchema(field: Asked): JsonSchema {
  return field.lines ? rowsSchema(field.lines) : fieldType(field.type).jsonSchema(field);
}

function schemaOf(command: CommandDefinition, fields: ReadonlyMap<string, Asked>): CheckSchema {
  const known = compiled.get(command);
  if (known) return known;
  const properties = Object.fromEntries([...fields].map(([key, field]) => [key, inputValueSchema(field)]));
  const made = compileSchema({ type: 'object', properties });
  compiled.set(command, made);
  return made;
}

function normalized(field: Asked, value: unknown, errors: FieldError[]): unknown {
  try {
    if (field.lines) return canonicalRows(field.lines, value);
    return fieldType(field.type).normalize?.(value, field) ?? value;
  } catch (problem) {
    if (!(problem instanceof ValueProblem)) throw problem;
    errors.push({
      pointer: `/${field.name}`,
      field: field.name,
      rule: problem.rule,
      message: `${field.label.en} ${problem.message}.`,
      label: field.label,
      ...limitOf(field, problem),
    });
    return value;
  }
}

/** The name under which an input field is given: `customerId` of a reference. */
export function inputName(field: InputField): string {
  return fieldType(field.type).apiName?.(field.name) ?? field.name;
}

function asField(field: InputField): Asked {
  return { ...field, id: field.name, column: field.name, state: 'active' };
}
