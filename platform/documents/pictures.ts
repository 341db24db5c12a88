import type { Database } from '#platform/data/database.ts';
import type { Query } from '#platform/data/save/load.ts';
import { bytesOf } from '#platform/files/read-file.ts';

/** Gets a file of the core's, where companies have their logos; null when it is not there any more. */
export type FetchFile = (id: string) => Promise<Uint8Array | null>;

const ENDINGS: Readonly<Record<string, string>> = { 'image/png': 'png', 'image/jpeg': 'jpg', 'image/webp': 'webp' };

/** A picture that documents show. */
export type Picture = { readonly name: string; readonly bytes: Uint8Array };

/** Keeps a picture in this service's database, so that documents are issued while the core is away. What a file's id names never changes. */
export async function keepPicture(database: Database, file: { id: string; type: string }, fetchFile: FetchFile): Promise<void> {
  const ending = ENDINGS[file.type];
  if (ending === undefined) return;
  const [known] = await database.read({ text: 'select 1 from platform.document_picture where id = $1::uuid', values: [file.id] });
  if (known) return;
  const bytes = await fetchFile(file.id);
  if (!bytes) return;
  await database.write({
    text: 'insert into platform.document_picture (id, name, bytes) values ($1::uuid, $2, $3::bytea) on conflict do nothing',
    values: [file.id, `logo.${ending}`, Buffer.from(bytes)],
  });
}

/** A picture that was kept; null when there is none. */
export async function pictureNamed(query: Query, file: { readonly id: string } | null): Promise<Picture | null> {
  if (!file) return null;
  const [row] = await query({ text: 'select name, bytes from platform.document_picture where id = $1::uuid', values: [file.id] });
  return row ? { name: row[0] ?? '', bytes: bytesOf(row, 1) } : null;
}
