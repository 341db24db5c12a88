import { fieldType } from '#platform/kernel/field-types/index.ts';
import type { FieldDefinition, FieldSettings, ModuleSchema } from '#platform/kernel/model.ts';
import { settingsOf } from '#platform/metadata/retype.ts';
import { indexSchema } from '#platform/metadata/schema-index.ts';
import { converted } from '../ddl/conversion.ts';
import { identifier, literal } from '../identifier.ts';
import { mirroredFields } from '../mirrored-fields.ts';

/** A field that a mirror keeps under another column than before: its type has changed, or the change was taken back. */
type Moved = { readonly object: string; readonly table: string; readonly from: FieldDefinition; readonly to: FieldDefinition };

/** Asks for rows as lists of their columns. */
export type AskRows = (text: string, values: readonly unknown[]) => Promise<readonly (readonly unknown[])[]>;

const ROWS = 500;
const PASSES_MAX = 5;

/** The statements that forget of mirrors that they are filled, where a field that they keep has moved: their owner is asked for all of it again. */
export function staleStatements(before: ModuleSchema | null, after: ModuleSchema): readonly string[] {
  const objects = [...new Set(movedFields(before, after).map(({ object }) => literal(object)))];
  return objects.length === 0 ? [] : [`update platform.mirror_state set fields = '', at = now() where object in (${objects.join(', ')})`];
}

/**
 * Gives rows of mirrors the values of moved fields under their new columns, a few rows at a time, each for itself, while events go on being
 * written; until nothing is left to do. The values are those that the owner's own rows have: both are worked out by the same expression.
 */
export async function carryMirrorsOver(ask: AskRows, before: ModuleSchema | null, after: ModuleSchema): Promise<void> {
  for (const moved of movedFields(before, after))
    for (let pass = 0; pass < PASSES_MAX; pass += 1) if ((await onePass(ask, moved)) === 0) break;
}

function movedFields(before: ModuleSchema | null, after: ModuleSchema): readonly Moved[] {
  const had = new Map((before?.foreign ?? []).map((object) => [object.id, object]));
  const known = after.foreign.flatMap((object) => {
    const fields = new Map((had.get(object.id)?.fields ?? []).map((field) => [field.id, field]));
    return object.fields.some((field) => isMoved(fields.get(field.id), field)) ? [{ object, fields }] : [];
  });
  if (known.length === 0) return [];
  const index = indexSchema(after);
  return known.flatMap(({ object, fields }) =>
    mirroredFields(index, object).flatMap((to) => {
      const from = fields.get(to.id);
      return from && isMoved(from, to) ? [{ object: object.id, table: `mirror.${identifier(object.table)}`, from, to }] : [];
    }),
  );
}

function isMoved(from: FieldDefinition | undefined, to: FieldDefinition): boolean {
  return from !== undefined && from.column !== to.column;
}

/** Rows are locked in the order in which the writers of events lock them, so that neither waits for the other in a circle. */
async function onePass(ask: AskRows, { table, from, to }: Moved): Promise<number> {
  const [old, young] = [literal(from.column), literal(to.column)];
  const value = jsonOf(carried(`(page.data ->> ${old})`, settingsOf(from), settingsOf(to)), settingsOf(to));
  const text = `with page as (select id, data from ${table} where ($1::uuid is null or id > $1::uuid) and data ? ${old} and not data ? ${young}
      order by id limit ${ROWS} for no key update),
    done as (update ${table} m set data = m.data || jsonb_build_object(${young}, ${value}) from page
      where m.id = page.id and (${value}) is not null returning 1)
    select (select id from page order by id desc limit 1), (select count(*) from done)`;
  let after: string | null = null;
  let count = 0;
  do {
    const [row] = await ask(text, [after]);
    after = typeof row?.[0] === 'string' ? row[0] : null;
    count += Number(row?.[1] ?? 0);
  } while (after !== null);
  return count;
}

/** Numbers as a mirror keeps them. */
const NUMBER = '^-?[0-9]+([.][0-9]+)?$';

/** The kept text of a value, carried over: texts and days as they are, numbers that become others as numbers. */
function carried(kept: string, from: FieldSettings, to: FieldSettings): string {
  const isText = [from, to].some(({ type }) => fieldType(type).storage === 'text');
  if (isText) return converted(kept, { ...from, type: 'text' }, to);
  return converted(`(case when ${kept} ~ '${NUMBER}' then (${kept})::numeric end)`, { ...from, type: 'decimal' }, to);
}

/** A value as the API's JSON has it. */
function jsonOf(value: string, { type }: FieldSettings): string {
  const { storage } = fieldType(type);
  if (storage === 'integer') return `to_jsonb(${value})`;
  return storage === 'date' ? `to_jsonb(to_char(${value}, 'YYYY-MM-DD'))` : `to_jsonb((${value})::text)`;
}
