import { Refusal } from '#platform/kernel/errors.ts';
import type { ObjectDefinition } from '#platform/kernel/model.ts';
import { searchableFields, searchDocument } from '../search.ts';
import type { Builder } from './builder.ts';
import { ROW } from './table.ts';

/**
 * The condition of `q`, given as tsquery text: every word typed begins some word of the record's searchable fields, case and accents aside.
 * The index covers all of them. A caller who may not read all of them is answered by what they may read, and the
 * index only narrows down where to look.
 */
export function searchCondition(builder: Builder, object: ObjectDefinition, words: string | null): string {
  const { permissions } = builder.scope;
  const fields = searchableFields(object);
  const readable = fields.filter(permissions.on(object).mayRead);
  if (readable.length === 0) throw new Refusal('malformed_request', `${object.pluralLabel.en} have no field that can be searched.`);
  if (words === null) return 'false';
  const query = `to_tsquery('pg_catalog.simple', ${builder.parameter(words)})`;
  const indexed = `${searchDocument(fields, `${ROW}.`)} @@ ${query}`;
  return readable.length === fields.length ? indexed : `(${indexed} and ${searchDocument(readable, `${ROW}.`)} @@ ${query})`;
}
