import type { SchemaIndex } from '#platform/metadata/schema-index.ts';
import type { FieldDefinition, ObjectDefinition } from '#platform/kernel/model.ts';
import { identifier } from '../identifier.ts';
import { targetOf } from '../names.ts';
import type { Comparison } from './operators.ts';
import { tableOf } from './table.ts';
import { comparable, refused } from './values.ts';

/** The field by which the records of an object form a tree: a reference to the object itself; null when there is none. */
function treeField(schema: SchemaIndex, object: ObjectDefinition): FieldDefinition | null {
  return (
    schema.fieldsOf(object).all.find((field) => field.type === 'lookup' && field.target === object.name && field.system !== true) ?? null
  );
}

/** References to a record or to anything below it. Of the tree's own field that is everything under the record, itself excepted. */
export function under({ builder, asked, on, raw }: Comparison): string {
  const target = targetOf(builder.scope.schema, asked.field);
  const above = target && !target.isForeign ? treeField(builder.scope.schema, target.object) : null;
  if (!target || !above) throw refused(asked, 'under', 'leads to records that form no tree');
  const root = comparable(asked, raw);
  if (root.kind !== 'value') return 'false';
  const [alias, tree] = [builder.alias(), builder.alias()];
  const below = `select ${alias}.id from ${tableOf(target.object)} ${alias} join ${tree} on ${alias}.${identifier(above.column)} = ${tree}.id`;
  return `${on.sql} in (with recursive ${tree}(id) as (select ${builder.parameter(root.value)}::uuid union ${below}) select id from ${tree})`;
}
