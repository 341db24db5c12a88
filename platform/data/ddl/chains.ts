import type { Chained } from '#platform/kernel/invariants.ts';
import type { ModuleSchema, ObjectDefinition } from '#platform/kernel/model.ts';
import { identifier, literal } from '../identifier.ts';

const TRIGGER = 'chained';

/** How long each chain is and the hash of its last record, so that what is cut off its end is missed. */
export const CHAIN_HEADS = 'create table platform.chain (object text primary key, position bigint not null, hash text not null);';

/**
 * The statements that make the database chain records (`chained`): a function that hashes a record with its rows, and a trigger that gives a record
 * its place when it reaches one of the statuses. Its rows are there by then: they are written first. Who takes a place keeps the chain's head locked until
 * the transaction ends.
 */
export function chainStatements(before: ModuleSchema | null, after: ModuleSchema): readonly string[] {
  const had = chainsOf(before);
  const has = chainsOf(after);
  const kept = new Set(after.objects.map(tableOf));
  return [
    ...[...has].flatMap(([table, statements]) => (had.get(table)?.join() === statements.join() ? [] : statements)),
    ...[...had.keys()]
      .filter((table) => !has.has(table) && kept.has(table))
      .map((table) => `drop trigger if exists ${TRIGGER} on ${table}`),
  ];
}

/** The function that answers the hash that a record of this object should have, as SQL names it. It takes the row as jsonb. */
export function hashFunction(object: ObjectDefinition): string {
  return `platform.${identifier(`hash_${object.table}`)}`;
}

function chainsOf(schema: ModuleSchema | null): ReadonlyMap<string, readonly string[]> {
  const objects = schema?.objects ?? [];
  return new Map(
    objects.flatMap((object) => (object.chained ? [[tableOf(object), chainOf(object, object.chained, objects)] as const] : [])),
  );
}

function chainOf(object: ObjectDefinition, chained: Chained, objects: readonly ObjectDefinition[]): readonly string[] {
  const status = object.fields.find((field) => field.type === 'status')?.column ?? '';
  const name = `platform.${identifier(`chain_${object.table}`)}`;
  const column = (id: string): string => identifier(columnOf(object, id));
  const reached = `new.${identifier(status)} = any (${literal(`{${chained.in.join(',')}}`)}::text[])`;
  const left = `old.${identifier(status)} = any (${literal(`{${chained.in.join(',')}}`)}::text[])`;
  const take = `
create or replace function ${name}() returns trigger language plpgsql as $$
declare
  head platform.chain;
begin
  if tg_op = 'UPDATE' and ${left} then return new; end if;
  insert into platform.chain (object, position, hash) values (${literal(object.id)}, 0, '') on conflict do nothing;
  select * into head from platform.chain where object = ${literal(object.id)} for update;
  new.${column(chained.position)} := head.position + 1;
  new.${column(chained.previous)} := head.hash;
  new.${column(chained.hash)} := ${hashFunction(object)}(to_jsonb(new));
  update platform.chain set position = new.${column(chained.position)}, hash = new.${column(chained.hash)} where object = ${literal(object.id)};
  return new;
end $$`;
  return [
    hashOf(object, chained, objects),
    take,
    `create or replace trigger ${TRIGGER} before insert or update on ${tableOf(object)} for each row when (${reached}) execute function ${name}()`,
  ];
}

/** SHA-256, in hexadecimal, of a JSON array: position, hash before, what the record covers, and an array of what each of its rows covers. */
function hashOf(object: ObjectDefinition, chained: Chained, objects: readonly ObjectDefinition[]): string {
  const own = [chained.position, chained.previous, ...chained.covers].map((id) => `entry -> ${literal(columnOf(object, id))}`);
  const child = objects.find((one) => one.name === object.fields.find((field) => field.id === chained.lines?.of)?.child);
  const covered = (chained.lines?.covers ?? []).map((id) => `l.${identifier(child ? columnOf(child, id) : '')}`);
  const rows = child
    ? `(select coalesce(jsonb_agg(jsonb_build_array(${covered.join(', ')}) order by l.position, l.id), '[]') from ${tableOf(child)} l where l.parent_id = (entry ->> 'id')::uuid)`
    : `'[]'::jsonb`;
  return `
create or replace function ${hashFunction(object)}(entry jsonb) returns text language sql stable as $$
  select encode(sha256(convert_to(jsonb_build_array(${[...own, rows].join(', ')})::text, 'UTF8')), 'hex')
$$`;
}

function columnOf(object: ObjectDefinition, id: string): string {
  return object.fields.find((field) => field.id === id)?.column ?? '';
}

function tableOf(object: ObjectDefinition): string {
  return `records.${identifier(object.table)}`;
}
