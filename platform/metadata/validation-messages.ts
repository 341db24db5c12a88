import type { FieldError } from '#platform/kernel/errors.ts';
import { choosableKeys } from '#platform/kernel/field-types/select.ts';
import type { ValueProblem } from '#platform/kernel/field-types/field-type.ts';
import { fieldType } from '#platform/kernel/field-types/index.ts';
import type { FieldDefinition } from '#platform/kernel/model.ts';
import type { Sentence } from '#platform/kernel/sentence.ts';
import type { SchemaError } from './schema-compiler.ts';

const SHOWN_MAX = 10;

/** The bound that a value went beyond, as a member of its error. */
export function limitIn({ params }: SchemaError): Pick<FieldError, 'limit'> {
  const { limit } = params;
  return typeof limit === 'number' || typeof limit === 'string' ? { limit } : {};
}

/** The same of a bound that the schema cannot hold, because the value is an exact number; or the example that the problem names. */
export function limitOf(field: FieldDefinition, { rule, example }: ValueProblem): Pick<FieldError, 'limit'> {
  const limit = rule === 'minimum' ? field.minimum : rule === 'maximum' ? field.maximum : example;
  return limit === undefined ? {} : { limit };
}

/** The rule that a value broke; where it is no value of its field's type at all, the type. */
export function ruleOf(field: FieldDefinition, { keyword, schemaPath }: SchemaError): string {
  const isOwnPattern = keyword === 'pattern' && field.pattern === undefined;
  return Object.hasOwn(RULES, keyword) && !isOwnPattern && !schemaPath.includes('/anyOf/') ? keyword : field.type;
}

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
  // The expression itself is nothing to read for who types a value; it stands in the description of the API.
  pattern: (_error, field) => (field.pattern === undefined ? wanted(field) : `is not written as expected${helped(field)}`),
  additionalProperties: (error) => `has no part "${error.params['additionalProperty']}"`,
};

function wanted(field: FieldDefinition): string {
  const type = fieldType(field.type);
  const example = JSON.stringify(type.example(field));
  const label = type.label.en.toLowerCase();
  return `must be a value of type ${label}, such as ${example}`;
}

/** What is said of a value that a field's own pattern refused, in both languages: how it is to be written, as far as the field's help tells. */
export function sentenceOf(field: FieldDefinition, error: SchemaError): { readonly sentence?: Sentence } {
  if (error.keyword !== 'pattern' || field.pattern === undefined) return {};
  const help = field.help?.de?.replace(/\.$/, '');
  const de = `${field.label.de ?? field.label.en} ist nicht in der erwarteten Schreibweise${help === undefined ? '' : `: ${help}`}.`;
  return { sentence: { en: schemaMessage(field, error), de } };
}

function helped({ help }: FieldDefinition): string {
  return help === undefined ? '' : `: ${help.en.replace(/\.$/, '')}`;
}

function listed(values: unknown): string {
  if (!Array.isArray(values)) return 'the options';
  const shown = values.slice(0, SHOWN_MAX).map(String).join(', ');
  return values.length > SHOWN_MAX ? `${shown}, … (${values.length} options)` : shown || 'no options: all are retired';
}
