import type { ObjectDefinition } from '#platform/kernel/model.ts';
import type { Permissions } from '#platform/kernel/permissions.ts';
import { perObject } from '#platform/metadata/per-object.ts';
import { apiNameOf, type SchemaIndex } from '#platform/metadata/schema-index.ts';
import { ownSide, readableFields, type Scope } from '../names.ts';
import { shownExpression } from './builder.ts';
import { compileShape, type Member, type RowSelect } from './shape.ts';
import { ROW, tableOf } from './table.ts';

const CHILDREN_DEPTH_MAX = 3;
/** By permission profile. */
const compiled = perObject(() => new Map<string, RowSelect>());

/**
 * What renders one record of an object as the API's JSON for a permission profile: all fields that the profile may read,
 * children inside. `columns` are expressions over the alias `r`, fit for SELECT and for RETURNING
 * (`insert into records.offer as r … returning ${columns.join(', ')}`); children show as of the statement's snapshot,
 * so write them before.
 */
export function rowSelect(schema: SchemaIndex, object: ObjectDefinition, permissions: Permissions): RowSelect {
  const known = compiled(schema, object);
  const found = known.get(permissions.key);
  if (found) return found;
  const made = compileShape(recordMembers({ schema, permissions }, object, { alias: ROW, depth: 0 }));
  known.set(permissions.key, made);
  return made;
}

/** A record as it is by default: every readable field under its API name, children inside. */
function recordMembers(scope: Scope, object: ObjectDefinition, place: { alias: string; depth: number }): readonly Member[] {
  return readableFields(scope, object).flatMap((field): readonly Member[] => {
    if (field.type === 'children') return childMembers(scope, field.name, scope.schema.byName.get(field.child ?? ''), place);
    return [
      {
        kind: 'value',
        key: apiNameOf(field),
        ...shownExpression(scope, place.alias, ownSide(object), field),
      },
    ];
  });
}

function childMembers(
  scope: Scope,
  key: string,
  child: ObjectDefinition | undefined,
  place: { alias: string; depth: number },
): readonly Member[] {
  if (!child || place.depth >= CHILDREN_DEPTH_MAX || !scope.permissions.on(child).read) return [];
  const alias = `${place.alias}_${place.depth}`;
  const members = recordMembers(scope, child, { alias, depth: place.depth + 1 });
  const where = `${alias}.parent_id = ${place.alias}.id`;
  return [
    {
      kind: 'rows',
      key,
      rows: { from: `${tableOf(child)} ${alias}`, where, order: `${alias}.position, ${alias}.id`, members },
    },
  ];
}
