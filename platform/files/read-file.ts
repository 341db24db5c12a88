import type { Database, RawRow } from '#platform/data/database.ts';
import type { StoredFile } from './file.ts';
import { hashOf } from './store-file.ts';

/** The content of a file, one chunk at a time, each compared with the hash it was stored with. Throws when a chunk is not what it was. */
export async function* fileContent(database: Pick<Database, 'read'>, file: Pick<StoredFile, 'id' | 'size'>): AsyncGenerator<Buffer> {
  let sent = 0;
  for (let position = 0; sent < file.size; position += 1) {
    const [row] = await database.read({
      text: 'select hash, bytes from platform.file_chunk where file_id = $1::uuid and position = $2::integer',
      values: [file.id, position],
      name: 'file_chunk',
    });
    const bytes = row ? bytesOf(row, 1) : null;
    if (!bytes || hashOf(bytes) !== row?.[0]) throw new Error(`Chunk ${position} of the file ${file.id} is missing or damaged`);
    sent += bytes.length;
    yield bytes;
  }
}

/** A bytea column as PostgreSQL writes it in text: `\x` and hexadecimal digits. */
export function bytesOf(row: RawRow, column: number): Buffer {
  return Buffer.from((row[column] ?? '').slice(2), 'hex');
}
