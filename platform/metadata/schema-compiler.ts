import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import * as formats from 'ajv-formats';
import type { JsonSchema } from '#platform/kernel/field-types/field-type.ts';
import { re2Engine } from './patterns.ts';

/** What a schema found wrong, in ajv's words. */
export type SchemaError = ErrorObject;

/** A compiled schema: the errors of a value, none when it fits. */
export type CheckSchema = (value: unknown) => readonly SchemaError[];

const ajv = new Ajv2020({
  strict: false,
  allErrors: true,
  coerceTypes: false,
  validateSchema: false,
  allowUnionTypes: true,
  code: { regExp: re2Engine },
});
formats.default.default(ajv);

/** Compiles a JSON Schema (draft 2020-12). Nothing is coerced, patterns are RE2, formats are checked. */
export function compileSchema(schema: JsonSchema): CheckSchema {
  const validate = ajv.compile(schema);
  // ajv keeps every schema it has seen; each metadata version makes new ones.
  ajv.removeSchema(schema);
  return (value) => (validate(value) ? [] : (validate.errors ?? []));
}

/**
 * Compiles schemas that refer to each other by file name (`{"$ref": "field.schema.json"}`), each when it is first asked: a start reads none of
 * the files that administrators export. Polishing the code that comes out takes longer than these few files do with it as it is.
 */
export function compileSchemas(files: ReadonlyMap<string, JsonSchema>): ReadonlyMap<string, CheckSchema> {
  const together = new Ajv2020({ strict: false, allErrors: true, validateSchema: false, code: { regExp: re2Engine, optimize: false } });
  for (const [name, schema] of files) together.addSchema({ ...schema, $id: name });
  const compiled = (name: string): ValidateFunction => {
    const validate = together.getSchema(name);
    if (!validate) throw new Error(`The schema ${name} cannot be compiled`);
    return validate;
  };
  return new Map(
    [...files.keys()].map((name) => {
      let validate: ValidateFunction | undefined;
      const check: CheckSchema = (value) => {
        validate ??= compiled(name);
        return validate(value) ? [] : (validate.errors ?? []);
      };
      return [name, check] as const;
    }),
  );
}
