import type { ObjectDefinition } from '#platform/kernel/model.ts';
import type { SchemaIndex } from '#platform/metadata/schema-index.ts';
import { identifier } from '../identifier.ts';

/** The alias of the record's own table in every statement that selects a row: `from records.offer r`, `update records.offer as r`. */
export const ROW = 'r';

/** The table of an object with records in this service. */
export function tableOf(object: ObjectDefinition): string {
  return `records.${identifier(object.table)}`;
}

/** Which records count: the living, those in the recycle bin, or both. */
export type Deleted = 'no' | 'only' | 'any';

/**
 * The conditions under which a record behind `alias` exists for the caller. This is the one place where record rules
 * (own, team, condition, by owner_id, team_id, company_id) are to be AND-ed. A child lives and dies with its parent.
 */
export function visible(schema: SchemaIndex, object: ObjectDefinition, row: { alias: string; deleted: Deleted }): readonly string[] {
  if (object.parent !== undefined) {
    const parent = schema.byName.get(object.parent);
    if (!parent) return ['false'];
    const alias = `${row.alias}_p`;
    const conditions = [`${alias}.id = ${row.alias}.parent_id`, ...visible(schema, parent, { alias, deleted: row.deleted })];
    return [`exists (select from ${tableOf(parent)} ${alias} where ${conditions.join(' and ')})`];
  }
  if (row.deleted === 'any') return [];
  return [`${row.alias}.deleted_at is ${row.deleted === 'only' ? 'not ' : ''}null`];
}

/** The version of the record behind `alias`: a child has its parent's. */
export function versionOf(schema: SchemaIndex, object: ObjectDefinition, alias: string): string {
  const parent = object.parent === undefined ? undefined : schema.byName.get(object.parent);
  if (!parent) return `${alias}.version`;
  const up = `${alias}_v`;
  return `(select ${versionOf(schema, parent, up)} from ${tableOf(parent)} ${up} where ${up}.id = ${alias}.parent_id)`;
}
