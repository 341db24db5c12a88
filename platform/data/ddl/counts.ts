import type { FieldDefinition, ModuleSchema, ObjectDefinition } from '#platform/kernel/model.ts';
import { identifier, literal } from '../identifier.ts';

/**
 * The statements that make the database hold counts (`count` of a field): a trigger per field, over platform.refuse_count(). Its condition is all
 * that a row costs whose counts are right. A field that counts no longer loses its trigger. Rows that are there are not looked at.
 */
export function countStatements(before: ModuleSchema | null, after: ModuleSchema): readonly string[] {
  const had = countsOf(before);
  const has = countsOf(after);
  const tables = new Set(after.objects.map(tableOf));
  return [
    ...[...has].flatMap(([key, count]) => (had.get(key)?.trigger === count.trigger ? [] : [count.trigger])),
    ...[...had].flatMap(([key, { name, table }]) =>
      has.has(key) || !tables.has(table) ? [] : [`drop trigger if exists ${name} on ${table}`],
    ),
  ];
}

type Count = { readonly name: string; readonly table: string; readonly trigger: string };

function countsOf(schema: ModuleSchema | null): ReadonlyMap<string, Count> {
  const objects = schema?.objects ?? [];
  return new Map(
    objects.flatMap((object) =>
      object.fields.flatMap((field) =>
        field.count && field.state !== 'retired' ? [[field.id, countOf(field, object, objects)] as const] : [],
      ),
    ),
  );
}

function countOf(field: FieldDefinition, object: ObjectDefinition, objects: readonly ObjectDefinition[]): Count {
  const { atMost, tolerance } = field.count ?? {};
  const parent = objects.find((one) => one.name === object.parent);
  const most = columnOf(object, atMost);
  const name = identifier(`count_${field.column}`);
  const table = tableOf(object);
  const value = `coalesce(new.${identifier(field.column)}, 0)`;
  const wrong = [`${value} < 0`, ...(most === '' ? [] : [`${value} > coalesce(new.${identifier(most)}, 0)`])].join(' or ');
  const words = [field.column, most, columnOf(parent, tolerance), tolerance === undefined ? '' : (parent?.table ?? '')];
  const trigger = `create or replace trigger ${name} before insert or update on ${table} for each row when (${wrong}) execute function platform.refuse_count(${words.map(literal).join(', ')})`;
  return { name, table, trigger };
}

function columnOf(object: ObjectDefinition | undefined, name: string | undefined): string {
  const field =
    name === undefined ? undefined : object?.fields.find((one) => one.name === name || one.id === name || one.aliases?.includes(name));
  return field?.column ?? '';
}

function tableOf(object: ObjectDefinition): string {
  return `records.${identifier(object.table)}`;
}

/**
 * Refuses a count below zero, and one above another column of its row, raised by a percentage of the parent's where there is one.
 * Arguments: the count's column, that of what it must not exceed, the parent's tolerance, the parent's table; empty where there is none.
 */
export const REFUSE_COUNT = `
create function platform.refuse_count() returns trigger language plpgsql as $$
declare
  becomes jsonb := to_jsonb(new);
  count numeric := becomes ->> tg_argv[0];
  most numeric := becomes ->> tg_argv[1];
  tolerance numeric;
begin
  if tg_argv[3] <> '' then
    execute format('select %I from records.%I where id = $1', tg_argv[2], tg_argv[3]) into tolerance using new.parent_id;
  end if;
  if count < 0 or (tg_argv[1] <> '' and count > coalesce(most, 0) * (1 + coalesce(tolerance, 0) / 100)) then
    raise exception 'The count % of % cannot be %; it is between 0 and %.', tg_argv[0], tg_table_name, count, coalesce(most::text, 'what was counted')
      using errcode = 'check_violation';
  end if;
  return new;
end $$;`;
