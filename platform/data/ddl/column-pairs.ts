import { settingsOf } from '#platform/metadata/retype.ts';
import type { FieldDefinition, FieldSettings, ModuleSchema, ObjectDefinition } from '#platform/kernel/model.ts';
import { identifier, literal } from '../identifier.ts';
import { converted } from './conversion.ts';

/** Two columns of one field, of which one has its values in the type it had, the other in the type that it is given. */
export type ColumnPair = {
  readonly object: ObjectDefinition;
  readonly field: FieldDefinition;
  readonly old: { readonly column: string; readonly settings: FieldSettings };
  readonly young: { readonly column: string; readonly settings: FieldSettings };
};

/** The columns that a field has besides its own: the one it is carried over into, or the one that it was carried over from. */
export function pairOf(object: ObjectDefinition, field: FieldDefinition): ColumnPair | null {
  const { retype, former, column } = field;
  if (retype) return { object, field, old: { column, settings: settingsOf(field) }, young: { column: retype.column, settings: retype.to } };
  if (former) return { object, field, old: { column: former.column, settings: former.as }, young: { column, settings: settingsOf(field) } };
  return null;
}

/**
 * The statements that keep the two columns of a pair in step, whichever of them somebody writes: requests under way may still write the
 * one, new ones the other. The trigger stays as it is when the field changes over, so that that needs no lock of the table.
 */
export function pairStatements(before: ModuleSchema | null, after: ModuleSchema): readonly string[] {
  const had = pairsOf(before);
  const has = pairsOf(after);
  const tables = new Set(after.objects.map(tableOf));
  return [
    ...[...has].flatMap(([key, pair]) => [
      ...(had.get(key)?.makes === pair.makes ? [] : [pair.makes]),
      ...(had.has(key) ? [] : [pair.fires]),
    ]),
    ...[...had].flatMap(([key, { table, trigger, procedure }]) =>
      has.has(key)
        ? []
        : [...(tables.has(table) ? [`drop trigger if exists ${trigger} on ${table}`] : []), `drop function if exists ${procedure} cascade`],
    ),
  ];
}

type Kept = {
  readonly table: string;
  readonly trigger: string;
  readonly procedure: string;
  readonly makes: string;
  readonly fires: string;
};

function pairsOf(schema: ModuleSchema | null): ReadonlyMap<string, Kept> {
  const pairs = (schema?.objects ?? []).flatMap((object) => object.fields.flatMap((field) => pairOf(object, field) ?? []));
  return new Map(pairs.map((pair) => [`${tableOf(pair.object)} ${pair.old.column} ${pair.young.column}`, keptOf(pair)]));
}

function keptOf({ object, old, young }: ColumnPair): Kept {
  const table = tableOf(object);
  const trigger = identifier(`pair_${young.column}`.slice(0, 60));
  const procedure = `platform.${trigger}()`;
  const [a, b] = [identifier(old.column), identifier(young.column)];
  const there = converted(`new.${a}`, old.settings, young.settings);
  const back = converted(`new.${b}`, young.settings, old.settings);
  const misfit = `raise exception 'This value does not fit the type that the field is being given.' using errcode = 'check_violation'`;
  const makes = `create or replace function ${procedure} returns trigger language plpgsql as ${literal(`
begin
  if tg_op = 'INSERT' then
    if new.${a} is not null then new.${b} := ${there}; else new.${a} := ${back}; end if;
  elsif new.${a} is distinct from old.${a} then
    new.${b} := ${there};
    if new.${a} is not null and new.${b} is null then ${misfit}; end if;
  elsif new.${b} is distinct from old.${b} and new.${b} is distinct from (${there}) then
    new.${a} := ${back};
  end if;
  return new;
end`)}`;
  const fires = `create or replace trigger ${trigger} before insert or update on ${table} for each row execute function ${procedure}`;
  return { table, trigger, procedure, makes, fires };
}

function tableOf(object: ObjectDefinition): string {
  return `records.${identifier(object.table)}`;
}
