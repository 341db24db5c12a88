import { ResizeFit, Transformer } from '@napi-rs/image';
import type { Database } from '#platform/data/database.ts';
import type { StoredFile } from './file.ts';
import { bytesOf, fileContent } from './read-file.ts';

/** Edges in pixels that a thumbnail may have: a list's row, a card, a page. */
export const THUMBNAIL_EDGES: readonly number[] = [96, 320, 1200];

/** Formats that thumbnails are made of. */
const DRAWN: readonly string[] = ['image/png', 'image/jpeg', 'image/webp', 'image/gif', 'image/bmp', 'image/tiff'];

/** A larger picture is not decoded: a small file can claim any number of pixels. */
const PIXELS_MAX = 40_000_000;
const QUALITY = 78;

/** The media type of thumbnails. */
export const THUMBNAIL_TYPE = 'image/webp';

/**
 * A picture made small enough to fit a square of `edge` pixels, upright, as WebP; kept once made. Null for what is no picture, is damaged,
 * or has too many pixels.
 */
export async function thumbnailOf(database: Database, file: StoredFile, edge: number): Promise<Buffer | null> {
  if (!DRAWN.includes(file.type)) return null;
  const [kept] = await database.read({
    text: 'select bytes from platform.file_thumbnail where file_id = $1::uuid and edge = $2::integer',
    values: [file.id, edge],
  });
  if (kept) return bytesOf(kept, 0);
  const chunks: Buffer[] = [];
  for await (const chunk of fileContent(database, file)) chunks.push(chunk);
  const made = await shrink(Buffer.concat(chunks), edge);
  if (made)
    await database.write({
      text: `insert into platform.file_thumbnail (file_id, edge, bytes)
        select id, $2::integer, $3::bytea from platform.file where id = $1::uuid on conflict do nothing`,
      values: [file.id, edge, made],
    });
  return made;
}

async function shrink(picture: Buffer, edge: number): Promise<Buffer | null> {
  try {
    const { width, height } = await new Transformer(picture).metadata();
    if (width * height > PIXELS_MAX) return null;
    const upright = new Transformer(picture).rotate();
    if (Math.max(width, height) > edge) upright.fastResize({ width: edge, height: edge, fit: ResizeFit.Inside });
    return await upright.webp(QUALITY);
  } catch {
    return null;
  }
}
