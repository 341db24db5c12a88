import { Refusal } from '#platform/kernel/errors.ts';
import { fieldType } from '#platform/kernel/field-types/index.ts';
import type { ObjectDefinition } from '#platform/kernel/model.ts';
import { ownSide, resolvePath, shown, type Path, type Scope } from '../names.ts';
import { TEXT_COLLATION } from '../identifier.ts';
import { pathExpression, type Builder, type Joins } from './builder.ts';
import type { StorageKind } from '#platform/kernel/field-types/field-type.ts';

/** Sort keys in one query. */
const SORT_MAX = 5;

/** One key that rows are ordered by. Nulls are last in both directions. */
export type SortKey = {
  readonly sql: string;
  readonly storage: StorageKind;
  readonly isDescending: boolean;
  readonly isNullable: boolean;
};

/** The keys of a query's sort, the object's default, or newest first; ties by id, so that the order is total. */
export function sortKeys(builder: Builder, joins: Joins, object: ObjectDefinition, sort: string | undefined): readonly SortKey[] {
  const keys: SortKey[] = [];
  const seen = new Set<string>();
  for (const { path, isDescending } of wantedSort(builder.scope, object, sort)) {
    const { sql, storage } = pathExpression(joins, path);
    if (seen.has(sql)) continue;
    seen.add(sql);
    keys.push({ sql, storage, isDescending, isNullable: !isAlwaysSet(path) });
    if (path.steps.length === 0 && path.field.column === 'id') return keys;
  }
  const id = pathExpression(joins, { steps: [], side: ownSide(object), field: idField(builder.scope, object) });
  return [...keys, { ...id, isDescending: keys.at(-1)?.isDescending ?? true, isNullable: false }];
}

/** The ORDER BY of the keys. */
export function orderBy(keys: readonly SortKey[]): string {
  return keys
    .map((key) => `${ordered(key)}${key.isDescending ? ' desc' : ''}${key.isNullable && key.isDescending ? ' nulls last' : ''}`)
    .join(', ');
}

/** The expression of a key by which rows are compared: text in the one collation. */
export function ordered(key: Pick<SortKey, 'sql' | 'storage'>): string {
  return key.storage === 'text' ? `${key.sql} collate ${TEXT_COLLATION}` : key.sql;
}

type Wanted = { readonly path: Path; readonly isDescending: boolean };

function wantedSort(scope: Scope, object: ObjectDefinition, sort: string | undefined): readonly Wanted[] {
  if (sort !== undefined) return parts(sort).map((part) => wantedKey(scope, object, part));
  // The object's own default may name what this caller may not see; for them it is left out, not refused.
  return parts(object.defaultSort ?? '').flatMap((part) => {
    try {
      return [wantedKey(scope, object, part)];
    } catch (error) {
      if (error instanceof Refusal) return [];
      throw error;
    }
  });
}

function wantedKey(scope: Scope, object: ObjectDefinition, part: string): Wanted {
  const isDescending = part.startsWith('-');
  const name = part.replace(/^[+-]/, '');
  const path = resolvePath(scope, ownSide(object), name);
  if (!fieldType(path.field.type).sortable) throw new Refusal('malformed_request', `Records cannot be sorted by ${shown(name)}.`);
  return { path, isDescending };
}

function parts(sort: string): readonly string[] {
  const names = sort
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  if (names.length > SORT_MAX) throw new Refusal('malformed_request', `Records are sorted by at most ${SORT_MAX} fields.`);
  return names;
}

/** Columns that the writer always fills; all others may be null, required or not. */
const ALWAYS_SET: readonly string[] = ['id', 'version', 'created_at', 'updated_at'];

function isAlwaysSet(path: Path): boolean {
  return path.steps.length === 0 && path.field.system === true && ALWAYS_SET.includes(path.field.column);
}

function idField(scope: Scope, object: ObjectDefinition) {
  const field = scope.schema.fieldsOf(object).all.find((candidate) => candidate.column === 'id');
  if (!field) throw new Error(`Object ${object.name} has no id field`);
  return field;
}
