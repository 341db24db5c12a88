import type { ModuleSchema, ObjectDefinition } from '#platform/kernel/model.ts';
import { identifier, literal } from '../identifier.ts';

const TRIGGER = 'balanced';

/** The tables that a balance is held on, and what holds it. */
type Balance = { readonly tables: readonly string[]; readonly statements: readonly string[] };

/**
 * The statements that make the database hold balances (`balanced`): a function for each such object, and deferred constraint triggers on its table and
 * that of its rows. They look when a transaction commits, under a lock on the record: rows that another transaction adds meanwhile wait for it.
 */
export function balanceStatements(before: ModuleSchema | null, after: ModuleSchema): readonly string[] {
  const had = balancesOf(before);
  const has = balancesOf(after);
  const kept = new Set(after.objects.map(tableOf));
  return [
    ...[...has].flatMap(([id, balance]) => (had.get(id)?.statements.join() === balance.statements.join() ? [] : balance.statements)),
    ...[...had]
      .filter(([id]) => !has.has(id))
      .flatMap(([, { tables }]) =>
        tables.filter((table) => kept.has(table)).map((table) => `drop trigger if exists ${TRIGGER} on ${table}`),
      ),
  ];
}

function balancesOf(schema: ModuleSchema | null): ReadonlyMap<string, Balance> {
  const objects = schema?.objects ?? [];
  return new Map(
    objects.flatMap((object) => {
      const balance = balanceOf(object, objects);
      return balance ? [[object.id, balance] as const] : [];
    }),
  );
}

function balanceOf(object: ObjectDefinition, objects: readonly ObjectDefinition[]): Balance | null {
  const { balanced } = object;
  const child = objects.find((one) => one.name === object.fields.find((field) => field.id === balanced?.lines)?.child);
  const status = object.fields.find((field) => field.type === 'status');
  if (!balanced || !child || !status) return null;
  const column = (id: string): string => identifier(child.fields.find((field) => field.id === id)?.column ?? '');
  const [owner, lines] = [tableOf(object), tableOf(child)];
  const name = `platform.${identifier(`balanced_${object.table}`)}`;
  const body = `
create or replace function ${name}() returns trigger language plpgsql as $$
declare
  owner uuid;
  status text;
  difference numeric;
begin
  if tg_argv[0] = 'record' then owner := new.id; elsif tg_op = 'DELETE' then owner := old.parent_id; else owner := new.parent_id; end if;
  select r.${identifier(status.column)} into status from ${owner} r where r.id = owner for share;
  if status = any (${literal(`{${balanced.in.join(',')}}`)}::text[]) then
    select coalesce(sum(l.${column(balanced.plus)}), 0) - coalesce(sum(l.${column(balanced.minus)}), 0) into difference from ${lines} l where l.parent_id = owner;
    if difference <> 0 then
      raise exception '% % does not balance: % and % differ by %.', ${literal(object.label.en)}, owner, ${literal(balanced.plus)}, ${literal(balanced.minus)}, difference
        using errcode = 'check_violation';
    end if;
  end if;
  return null;
end $$`;
  const trigger = (table: string, when: string, of: string): readonly string[] => [
    `drop trigger if exists ${TRIGGER} on ${table}`,
    `create constraint trigger ${TRIGGER} after ${when} on ${table} deferrable initially deferred for each row execute function ${name}(${literal(of)})`,
  ];
  return {
    tables: [owner, lines],
    statements: [body, ...trigger(owner, 'insert or update', 'record'), ...trigger(lines, 'insert or update or delete', 'row')],
  };
}

function tableOf(object: ObjectDefinition): string {
  return `records.${identifier(object.table)}`;
}
