import type { Database } from '#platform/data/database.ts';

/** A stored file, in the words of the API. `hash` is the SHA-256 of its content in hexadecimal; `by` the actor who uploaded it. */
export type StoredFile = {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly size: number;
  readonly hash: string;
  readonly by: string;
};

/** The most bytes of one file, and of one chunk of it. */
export const FILE_BYTES_MAX = 25 * 1024 * 1024;
export const CHUNK_BYTES = 256 * 1024;

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** A file that has arrived completely; null when there is none of that id. */
export async function findFile(database: Pick<Database, 'read'>, id: string): Promise<StoredFile | null> {
  if (!UUID.test(id)) return null;
  const [row] = await database.read({
    text: `select id, name, type, size, hash, by from platform.file where id = $1::uuid and state = 'stored'`,
    values: [id],
  });
  if (!row) return null;
  const [found, name, type, size, hash, by] = row;
  return { id: found ?? '', name: name ?? '', type: type ?? '', size: Number(size), hash: hash ?? '', by: by ?? '' };
}
