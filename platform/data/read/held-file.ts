import { Refusal } from '#platform/kernel/errors.ts';
import { getRecord } from './record.ts';
import type { ReadSource } from './source.ts';

/**
 * Whether a caller may read a file: when a record that they may read holds it in a field that they may read, or as an attachment;
 * while nothing holds it, its uploader alone.
 */
export async function mayReadFile(source: ReadSource, file: { readonly id: string; readonly by: string }): Promise<boolean> {
  const holders = await source.query({
    text: 'select object, record_id, field from platform.file_holder where file_id = $1::uuid limit 100',
    values: [file.id],
  });
  if (holders.length === 0) return file.by === source.caller.actor || source.caller.kind === 'service';
  for (const [object, id, field] of holders) {
    if (await mayReadHolder(source, { object: object ?? '', id: id ?? '', field: field ?? '' })) return true;
  }
  return false;
}

async function mayReadHolder(source: ReadSource, holder: { object: string; id: string; field: string }): Promise<boolean> {
  const { schema, caller } = source;
  const object = schema.objects.find((one) => one.id === holder.object);
  if (!object || !caller.permissions.on(object).read) return false;
  const field = schema.fieldsOf(object).byId.get(holder.field);
  if (holder.field !== '' && (!field || !caller.permissions.on(object).mayRead(field))) return false;
  const found = await getRecord(source, object, holder.id, { fields: ['id'] }).catch(unseen);
  return found !== null;
}

function unseen(error: unknown): null {
  if (error instanceof Refusal && (error.code === 'not_found' || error.code === 'not_allowed')) return null;
  throw error;
}
