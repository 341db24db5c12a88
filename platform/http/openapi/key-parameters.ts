import { apiNameOf } from '#platform/metadata/schema-index.ts';
import { isUniqueInCompany } from '#platform/metadata/unique-together.ts';
import type { SeenObject } from './object-schemas.ts';
import { queryParameter } from './record-parts.ts';
import { TEXT, type Part } from './shared.ts';

/** A record is read by what is unique in each company too, if need be with the company. */
export function keyParameters(seen: SeenObject): readonly Part[] {
  const inCompany = seen.fields.filter((field) => isUniqueInCompany(seen.object, field));
  if (inCompany.length === 0) return uniqueParameters(seen);
  const said = 'The company, where several have a record with this value; for fields that are unique in each company only.';
  return [...uniqueParameters(seen, inCompany), queryParameter('companyId', said)];
}

/** The unique field by which a record is named, and its value; `more` are unique in each company only. */
export function uniqueParameters(seen: SeenObject, more: SeenObject['fields'] = []): readonly Part[] {
  const unique = [...seen.fields.filter((field) => field.unique === true), ...more].map((field) => apiNameOf(field));
  const field: Part = {
    name: 'field',
    in: 'path',
    required: true,
    description: 'A unique field.',
    schema: { enum: unique.length > 0 ? unique : ['id'] },
  };
  return [field, { name: 'value', in: 'path', required: true, description: 'Its value.', schema: TEXT }];
}
