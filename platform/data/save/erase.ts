import type { RecordValues } from '#platform/kernel/module.ts';
import { fieldType } from '#platform/kernel/field-types/index.ts';
import type { FieldDefinition, ObjectDefinition } from '#platform/kernel/model.ts';
import { apiNameOf } from '#platform/metadata/schema-index.ts';
import { tell } from '../life/life-events.ts';
import { loadRecord, notFound, type Query } from './load.ts';
import { removeRecord } from './remove.ts';
import type { Saving } from './saving.ts';
import { updateRecord } from './update.ts';

/** What stands where a record cannot do without a text. */
const ERASED = '–';

/**
 * Takes the personal data of a record away, in the record and in all that its history tells: fields that are marked so, and those named in `also`; `instead` has what
 * stands there from then on. A record that cannot be without one of them, such as a bank account without its number, or that is told from others by one, goes for
 * good. Its event carries nothing of what was there.
 * Whoever keeps copies of its events hears what to forget (`PersonalDataErased`).
 */
export async function eraseRecord(
  saving: Saving,
  query: Query,
  { object, id, also, instead }: { object: ObjectDefinition; id: string; also: readonly string[]; instead: RecordValues },
): Promise<void> {
  const record = await loadRecord(query, { index: saving.index, object }, { id, life: 'any', lock: true });
  if (!record) throw notFound(object, id);
  const fields = saving.index.fieldsOf(object).all.filter((field) => field.personal === true || also.includes(field.name));
  const personal = fields.filter((field) => fieldType(field.type).storage !== 'none');
  const isLost = personal.some((field) => !(apiNameOf(field) in instead) && (isNeeded(field) || tellsApart(object, field)));
  if (isLost) await removeRecord(saving, { operation: 'purge', object, id });
  else
    await updateRecord(saving, { operation: 'update', object, id, values: { ...Object.fromEntries(personal.map(emptied)), ...instead } });
  const names = personal.map((field) => apiNameOf(field));
  await query({ text: 'select platform.forget($1, $2::text[])', values: [id, names] });
  const { store, caller } = saving;
  await tell(query, { store, caller, object, id, version: Number(record['version']) }, 'PersonalDataErased', { fields: names });
}

function isNeeded(field: FieldDefinition): boolean {
  return field.required === true && field.type !== 'text';
}

/** What stands where a text was would be the same in all of them. */
function tellsApart({ uniqueTogether = [] }: ObjectDefinition, field: FieldDefinition): boolean {
  return field.required === true && (field.unique === true || uniqueTogether.some((names) => names.includes(field.name)));
}

function emptied(field: FieldDefinition): readonly [string, string | null] {
  return [apiNameOf(field), field.required === true ? ERASED : null];
}

/**
 * The outbox is the history, and the application's role may not change it; what a person may have forgotten is the one exception, and this function the one
 * way: of the events of one record it empties the values that it is told.
 */
export const FORGET = `
create function platform.forget(erased uuid, names text[]) returns void language sql security definer set search_path = pg_catalog as $$
  update platform.outbox set data = (
    select json_object_agg(part, case
      when part in ('record', 'changed') and jsonb_typeof(content) = 'object' then (
        select coalesce(jsonb_object_agg(field, case
          when field = any (names) and part = 'record' then 'null'::jsonb
          when field = any (names) then '{"old": null, "new": null}'::jsonb
          else value end), '{}'::jsonb) from jsonb_each(content) as fields(field, value))
      else content end) from jsonb_each(data::jsonb) as parts(part, content))
  where record_id = erased
$$;`;
