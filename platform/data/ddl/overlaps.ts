import { createHash } from 'node:crypto';
import type { ModuleSchema, ObjectDefinition } from '#platform/kernel/model.ts';
import { overlapFields } from '#platform/metadata/no-overlap.ts';
import { identifier } from '../identifier.ts';

/**
 * The range by which equality of texts is compared inside an exclusion constraint: GiST knows ranges by itself, scalars only with an extension that
 * a server may not have.
 */
export const TEXT_RANGE = 'create type platform.text_range as range (subtype = text);';

/** The statements that make the database refuse records of one thing that are valid on the same day (`noOverlap`). A rule that left loses its constraint. */
export function overlapStatements(before: ModuleSchema | null, after: ModuleSchema): readonly string[] {
  const had = constraintsOf(before);
  const has = constraintsOf(after);
  const tables = new Set(after.objects.map(tableOf));
  return [
    ...[...had.values()].flatMap(({ name, table }) =>
      has.has(name) || !tables.has(table) ? [] : [`alter table ${table} drop constraint if exists ${identifier(name)}`],
    ),
    ...[...has.values()].flatMap(({ name, table, definition }) => (had.has(name) ? [] : [addConstraint({ name, table, definition })])),
  ];
}

/** The object whose rule a violated constraint is; undefined where it is another one's. */
export function overlapNamed(schema: ModuleSchema, constraint: string | undefined): ObjectDefinition | undefined {
  return schema.objects.find((object) => constraint !== undefined && constraintOf(object)?.name === constraint);
}

/** Every such constraint that a schema wants. */
export function wantedOverlaps(schema: ModuleSchema): readonly Constraint[] {
  return [...constraintsOf(schema).values()];
}

/** The statement that makes a constraint. */
export function addConstraint({ name, table, definition }: Constraint): string {
  return `alter table ${table} add constraint ${identifier(name)} ${definition}`;
}

type Constraint = { readonly name: string; readonly table: string; readonly definition: string };

function constraintsOf(schema: ModuleSchema | null): ReadonlyMap<string, Constraint> {
  return new Map((schema?.objects ?? []).flatMap((object) => constraintOf(object) ?? []).map((one) => [one.name, one]));
}

/** Its name is made of what it says, so a changed one is another. */
function constraintOf(object: ObjectDefinition): Constraint | null {
  const rule = overlapFields(object);
  if (!rule) return null;
  const table = tableOf(object);
  const same = rule.fields.map(({ column }) => {
    const text = `coalesce(${identifier(column)}, '')`;
    return `platform.text_range(${text}, ${text}, '[]') with &&`;
  });
  const stretch = `daterange(${identifier(rule.from.column)}, ${identifier(rule.until.column)}, '[]') with &&`;
  const definition = `exclude using gist (${[...same, stretch].join(', ')}) where (deleted_at is null)`;
  const digest = createHash('sha256').update(`${table} ${definition}`).digest('hex').slice(0, 20);
  return { name: `x_${digest}`, table, definition };
}

function tableOf(object: ObjectDefinition): string {
  return `records.${identifier(object.table)}`;
}
