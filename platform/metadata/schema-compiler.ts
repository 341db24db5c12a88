import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
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

/** Compiles schemas that refer to each other by file name (`{"$ref": "field.schema.json"}`). */
export function compileSchemas(files: ReadonlyMap<string, JsonSchema>): ReadonlyMap<string, CheckSchema> {
  const together = new Ajv2020({ strict: false, allErrors: true, validateSchema: false, code: { regExp: re2Engine } });
  for (const [name, schema] of files) together.addSchema({ ...schema, $id: name });
  return new Map(
    [...files.keys()].map((name) => {
      const validate = together.getSchema(name);
      if (!validate) throw new Error(`The schema ${name} cannot be compiled`);
      return [name, (value: unknown) => (validate(value) === true ? [] : (validate.errors ?? []))] as const;
    }),
  );
}
