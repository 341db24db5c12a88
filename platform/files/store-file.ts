import { createHash } from 'node:crypto';
import type { Database } from '#platform/data/database.ts';
import { Refusal } from '#platform/kernel/errors.ts';
import type { Sentence } from '#platform/kernel/sentence.ts';
import { uuidV7 } from '#platform/kernel/uuid.ts';
import { contentType } from './content-type.ts';
import { chunked } from './chunked.ts';
import { FILE_BYTES_MAX, type StoredFile } from './file.ts';

/** What arrives: the name it had at the sender's, on whose behalf, and its bytes as they come. */
export type Arriving = { readonly name: string; readonly by: string; readonly content: AsyncIterable<Uint8Array> };

const NAME_CHARACTERS_MAX = 255;

/**
 * Stores a file chunk by chunk, each in a statement of its own, so that neither memory nor a transaction grows with it.
 * Refuses what is empty, too large (413) or not what its name says (415); of a refused or broken upload nothing stays.
 */
export async function storeFile(database: Pick<Database, 'write'>, arriving: Arriving): Promise<StoredFile> {
  const id = uuidV7();
  const name = cleanName(arriving.name);
  await database.write({
    text: `insert into platform.file (id, name, by) values ($1::uuid, $2, $3)`,
    values: [id, name, arriving.by],
  });
  try {
    return await storeContent(database, { id, name, by: arriving.by }, arriving.content);
  } catch (error) {
    await database.write({ text: 'delete from platform.file where id = $1::uuid', values: [id] });
    throw error;
  }
}

async function storeContent(
  database: Pick<Database, 'write'>,
  file: Pick<StoredFile, 'id' | 'name' | 'by'>,
  content: AsyncIterable<Uint8Array>,
): Promise<StoredFile> {
  const whole = createHash('sha256');
  let type = '';
  let size = 0;
  let position = 0;
  for await (const bytes of chunked(content)) {
    size += bytes.length;
    if (size > FILE_BYTES_MAX) throw tooLarge(file.name);
    if (position === 0) type = await contentType(file.name, bytes);
    whole.update(bytes);
    await database.write({
      text: 'insert into platform.file_chunk (file_id, position, hash, bytes) values ($1::uuid, $2::integer, $3, $4::bytea)',
      values: [file.id, position, hashOf(bytes), bytes],
    });
    position += 1;
  }
  if (size === 0)
    throw new Refusal('malformed_request', {
      en: `${file.name} is empty. Choose a file with content.`,
      de: `${file.name} ist leer. Wählen Sie eine Datei mit Inhalt.`,
    });
  const hash = whole.digest('hex');
  await database.write({
    text: `update platform.file set state = 'stored', type = $2, size = $3::bigint, hash = $4 where id = $1::uuid`,
    values: [file.id, type, size, hash],
  });
  return { ...file, type, size, hash };
}

/** The SHA-256 of one chunk in hexadecimal: it is compared when the chunk is read. */
export function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** The refusal of a file that is larger than a file may be. */
export function tooLarge(name: string | Sentence): Refusal {
  const { en, de } = typeof name === 'string' ? { en: name, de: name } : name;
  const most = FILE_BYTES_MAX / 1024 / 1024;
  return new Refusal('too_large', {
    en: `${en} is larger than ${most} MB. Make it smaller, or split it.`,
    de: `${de} ist größer als ${most} MB. Verkleinern oder teilen Sie sie.`,
  });
}

/** The last part of a path, without what no file system and no header takes. */
function cleanName(given: string): string {
  const last = given.split(/[\\/]/).at(-1) ?? '';
  const clean = last
    .toWellFormed()
    .replace(/[\p{Cc}\p{Cf}]/gu, '')
    .trim();
  return clean === '' ? 'file' : shortened(clean);
}

function shortened(name: string): string {
  if (name.length <= NAME_CHARACTERS_MAX) return name;
  const ending = /\.[^.]{1,20}$/.exec(name)?.[0] ?? '';
  return name.slice(0, NAME_CHARACTERS_MAX - ending.length).toWellFormed() + ending;
}
