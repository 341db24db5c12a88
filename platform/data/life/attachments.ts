import type { Caller } from '#platform/kernel/caller.ts';
import { invalidValues, Refusal } from '#platform/kernel/errors.ts';
import type { FileValue } from '#platform/kernel/field-types/file.ts';
import type { ObjectDefinition } from '#platform/kernel/model.ts';
import { isUuid } from '#platform/kernel/uuid.ts';
import type { RawRow, Transaction } from '../database.ts';
import type { ReadSource } from '../read/source.ts';
import { claim, knownFiles, release } from '../save/held-files.ts';
import { openSaving } from '../save/saving.ts';
import type { Store } from '../store.ts';
import { besideRecord, demandRecord } from './beside.ts';
import { tell, type Beside } from './life-events.ts';

/** A file that hangs on a record and stands in none of its fields. */
export type Attachment = FileValue & { readonly by: string; readonly at: string };

/** Files that one record holds beside its fields. */
const ATTACHMENTS_MAX = 500;

const COLUMNS = `f.id, f.name, f.type, f.size, h.by, to_char(h.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
const HELD = `from platform.file_holder h join platform.file f on f.id = h.file_id where h.record_id = $1::uuid and h.object = $2 and h.field = ''`;

/** All attachments of a record, the last one first, as the text of `{"items":[{id,name,type,size,by,at}]}`. */
export async function listAttachments(source: ReadSource, object: ObjectDefinition, id: string): Promise<string> {
  await demandRecord(source, object, { id, feature: 'attachments', deleted: 'any' });
  const rows = await source.query({ text: `select ${COLUMNS} ${HELD} order by h.at desc, f.id desc`, values: [id, object.id] });
  return JSON.stringify({ items: rows.map(attachmentOf) });
}

/** Attaches a file that was uploaded before to a record that the caller may edit; whatever its status, for papers come later too. */
export async function attachFile(
  store: Store,
  caller: Caller,
  at: { object: ObjectDefinition; id: string; file: unknown },
  transaction?: Transaction,
): Promise<Attachment> {
  const beside = await writable(store, caller, at);
  const file = typeof at.file === 'string' && isUuid(at.file) ? at.file.toLowerCase() : '';
  const known = file === '' ? undefined : (await knownFiles(openSaving(store, caller, {}), [file])).get(file);
  if (!known?.isAllowed) throw wrongFile('There is no such file. Upload it first, then attach it.');
  const run = async ({ query }: Transaction): Promise<Attachment> => {
    const held = await query({ text: `select f.id ${HELD}`, values: [at.id, at.object.id] });
    if (held.some(([id]) => id === file)) throw wrongFile(`${known.value.name} is attached already.`);
    if (held.length >= ATTACHMENTS_MAX)
      throw new Refusal('limit_reached', {
        en: `A record holds at most ${ATTACHMENTS_MAX} files. Remove what is not needed any more.`,
        de: `Ein Datensatz hält höchstens ${ATTACHMENTS_MAX} Dateien. Entfernen Sie, was nicht mehr gebraucht wird.`,
      });
    await claim(query, [holdOf(beside, file)], caller.actor);
    await tell(query, beside, 'FileAttached', { file: { ...known.value } });
    const [row] = await query({ text: `select ${COLUMNS} ${HELD} and f.id = $3::uuid`, values: [at.id, at.object.id, file] });
    return attachmentOf(row ?? []);
  };
  return transaction ? run(transaction) : store.database.transaction(run).finally(store.wake);
}

/** Takes an attachment off a record that the caller may edit. */
export async function detachFile(store: Store, caller: Caller, at: { object: ObjectDefinition; id: string; file: string }): Promise<void> {
  const beside = await writable(store, caller, at);
  const run = async ({ query }: Transaction): Promise<void> => {
    const [row] = isUuid(at.file)
      ? await query({ text: `select ${COLUMNS} ${HELD} and f.id = $3::uuid`, values: [at.id, at.object.id, at.file] })
      : [];
    if (!row) throw new Refusal('not_found', 'There is no such file on this record.');
    const { id, name, type, size } = attachmentOf(row);
    await release(query, [holdOf(beside, id)]);
    await tell(query, beside, 'FileRemoved', { file: { id, name, type, size } });
  };
  await store.database.transaction(run).finally(store.wake);
}

async function writable(store: Store, caller: Caller, at: { object: ObjectDefinition; id: string }): Promise<Beside> {
  const beside = await besideRecord(store, caller, { ...at, feature: 'attachments' });
  if (!caller.permissions.on(at.object).edit)
    throw new Refusal('not_allowed', `You may not edit ${at.object.pluralLabel.en}, nor attach files to them.`);
  return beside;
}

function holdOf({ object, id }: Beside, file: string): Parameters<typeof claim>[1][number] {
  return { file, object: object.id, record: id, field: '' };
}

function attachmentOf([id, name, type, size, by, at]: RawRow): Attachment {
  return { id: id ?? '', name: name ?? '', type: type ?? '', size: Number(size), by: by ?? '', at: at ?? '' };
}

function wrongFile(message: string): Refusal {
  return invalidValues([{ pointer: '/id', field: 'id', rule: 'file', message }]);
}
