import { choosableKeys } from '#platform/kernel/field-types/select.ts';
import { fieldType } from '#platform/kernel/field-types/index.ts';
import type { FieldDefinition } from '#platform/kernel/model.ts';
import type { SchemaError } from './schema-compiler.ts';

const SHOWN_MAX = 10;

/** The sentence for a value that its schema refused: what it must be, for the person who typed it. */
export function schemaMessage(field: FieldDefinition, error: SchemaError): string {
  return `${field.label.en} ${RULES[error.keyword]?.(error, field) ?? wanted(field)}.`;
}

const RULES: { readonly [keyword: string]: (error: SchemaError, field: FieldDefinition) => string } = {
  enum: (error, field) => `must be one of ${listed(field.options ? choosableKeys(field) : error.params['allowedValues'])}`,
  maxLength: (error) => `is longer than ${error.params['limit']} characters`,
  minLength: (error) => `is shorter than ${error.params['limit']} characters`,
  minimum: (error) => `must be at least ${error.params['limit']}`,
  maximum: (error) => `must be at most ${error.params['limit']}`,
  maxItems: (error) => `has more than ${error.params['limit']} entries`,
  minItems: (error) => `needs at least ${error.params['limit']}`,
  uniqueItems: () => 'names the same entry twice',
  pattern: (_error, field) => (field.pattern === undefined ? wanted(field) : `does not have the form ${field.pattern}`),
  additionalProperties: (error) => `has no part "${error.params['additionalProperty']}"`,
};

function wanted(field: FieldDefinition): string {
  const type = fieldType(field.type);
  const example = JSON.stringify(type.example(field));
  const label = type.label.en.toLowerCase();
  return `must be a value of type ${label}, such as ${example}`;
}

function listed(values: unknown): string {
  if (!Array.isArray(values)) return 'the options';
  const shown = values.slice(0, SHOWN_MAX).map(String).join(', ');
  return values.length > SHOWN_MAX ? `${shown}, … (${values.length} options)` : shown || 'no options: all are retired';
}
