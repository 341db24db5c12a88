import type { ModuleSchema, ObjectDefinition } from '#platform/kernel/model.ts';
import { identifier, literal } from '../identifier.ts';

const TRIGGER = 'sealed';

/** Columns of a sealed row that the platform goes on writing. */
const ALWAYS_LIVE: readonly string[] = ['version', 'updated_at', 'updated_by'];

/**
 * The statements that make the database keep sealed records as they are (`sealedIn`): a trigger on the object's table and on those of its
 * child rows, over platform.refuse_sealed(). What was sealed before and is no longer loses its trigger.
 */
export function sealStatements(before: ModuleSchema | null, after: ModuleSchema): readonly string[] {
  const had = sealsOf(before);
  const has = sealsOf(after);
  return [
    ...[...has].flatMap(([table, trigger]) => (had.get(table) === trigger ? [] : [trigger])),
    ...[...had.keys()]
      .filter((table) => !has.has(table) && after.objects.some((object) => tableOf(object) === table))
      .map((table) => `drop trigger if exists ${TRIGGER} on ${table}`),
  ];
}

/** The trigger of every sealed table. */
function sealsOf(schema: ModuleSchema | null): ReadonlyMap<string, string> {
  const objects = schema?.objects ?? [];
  const seals = objects.flatMap((object) => {
    const owner = object.parent === undefined ? object : objects.find((one) => one.name === object.parent);
    return owner?.sealedIn === undefined ? [] : [[tableOf(object), triggerOf(object, owner)] as const];
  });
  return new Map(seals);
}

function triggerOf(object: ObjectDefinition, owner: ObjectDefinition): string {
  const status = owner.fields.find((field) => field.type === 'status')?.column ?? '';
  // What carries a field's values over into another column leaves the record as it is.
  const second = object.fields.flatMap(({ retype, former }) => [...(retype ? [retype.column] : []), ...(former ? [former.column] : [])]);
  const live = [...object.fields.filter((field) => field.live === true || field.column === status).map((field) => field.column), ...second];
  const words = [
    status,
    owner.sealedIn === true ? '' : (owner.sealedIn ?? []).join(','),
    [...ALWAYS_LIVE, ...live].join(','),
    object === owner ? '' : owner.table,
  ];
  const when = object === owner ? 'update or delete' : 'insert or update or delete';
  return `create or replace trigger ${TRIGGER} before ${when} on ${tableOf(object)} for each row execute function platform.refuse_sealed(${words
    .map(literal)
    .join(', ')})`;
}

function tableOf(object: ObjectDefinition): string {
  return `records.${identifier(object.table)}`;
}

/**
 * Refuses to change a row whose record is in a sealed status (none listed: always), to take the record out of these statuses, and to add,
 * change or remove its child rows; columns that are live may change, and references to records that were merged may lead to the one that stands
 * for them now. Arguments: status column, sealed statuses, live columns, the parent's table.
 */
export const REFUSE_SEALED = `
create or replace function platform.refuse_sealed() returns trigger language plpgsql as $$
declare
  sealed text[] := string_to_array(tg_argv[1], ',');
  live text[] := string_to_array(tg_argv[2], ',');
  was jsonb := case when tg_op = 'INSERT' then null else to_jsonb(old) end;
  becomes jsonb := case when tg_op = 'DELETE' then null else to_jsonb(new) end;
  status text := was ->> tg_argv[0];
  is_refused boolean := true;
begin
  if tg_argv[3] <> '' then
    execute format('select %I from records.%I where id = $1', tg_argv[0], tg_argv[3]) into status
      using (coalesce(was, becomes) ->> 'parent_id')::uuid;
  end if;
  if cardinality(sealed) = 0 or status = any (sealed) then
    if tg_op = 'INSERT' then
      execute format('select not exists (select from %I.%I where id = $1)', tg_table_schema, tg_table_name) into is_refused using new.id;
    elsif tg_op = 'UPDATE' then
      is_refused := (tg_argv[3] = '' and tg_argv[0] <> '' and not (becomes ->> tg_argv[0]) = any (sealed))
        or (was - live is distinct from becomes - live and exists (
          select from jsonb_object_keys(was - live) as changed(key) where was -> key is distinct from becomes -> key
            and not exists (select from platform.alias where id::text = was ->> key and into_id::text = becomes ->> key)));
    end if;
    if is_refused then
      raise exception 'This % is sealed and cannot be changed any more.', tg_table_name using errcode = 'integrity_constraint_violation';
    end if;
  end if;
  return case when tg_op = 'DELETE' then old else new end;
end $$;`;
