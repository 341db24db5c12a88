import { createHash } from 'node:crypto';
import type { Transaction } from '#platform/data/database.ts';
import { tell } from '#platform/data/life/life-events.ts';
import type { Query } from '#platform/data/save/load.ts';
import type { Issued } from '#platform/data/store.ts';
import { CHUNK_BYTES, type StoredFile } from '#platform/files/file.ts';
import { hashOf } from '#platform/files/store-file.ts';
import { uuidV7 } from '#platform/kernel/uuid.ts';

/** What was printed of a record, and with which template: of that version, or the shipped one (null). */
export type PrintedDocument = {
  readonly name: string;
  readonly bytes: Buffer;
  readonly language: string;
  readonly template: number | null;
};

export const PDF = 'application/pdf';

/** Keeps the bytes of a document for good, in the transaction that issues it, and tells its hash. */
export async function keepDocument(transaction: Transaction, issued: Issued, printed: PrintedDocument): Promise<void> {
  const { store, caller, object, record } = issued;
  const { query } = transaction;
  const { bytes, name, language, template } = printed;
  const recordId = String(record['id']);
  const version = Number(record['version']);
  const hash = createHash('sha256').update(bytes).digest('hex');
  const file = uuidV7();
  await query({
    text: `insert into platform.file (id, name, type, size, hash, by, state, unheld_since) values ($1::uuid, $2, $3, $4::bigint, $5, $6, 'stored', null)`,
    values: [file, name, PDF, bytes.length, hash, caller.actor],
  });
  for (let at = 0; at < bytes.length; at += CHUNK_BYTES) {
    const chunk = bytes.subarray(at, at + CHUNK_BYTES);
    await query({
      text: 'insert into platform.file_chunk (file_id, position, hash, bytes) values ($1::uuid, $2::integer, $3, $4::bytea)',
      values: [file, at / CHUNK_BYTES, hashOf(chunk), chunk],
    });
  }
  await query({
    text: `insert into platform.document (id, object, record_id, record_version, file_id, language, template, by)
      values ($1::uuid, $2, $3::uuid, $4::integer, $5::uuid, $6, $7::integer, $8)`,
    values: [uuidV7(), object.id, recordId, version, file, language, template, caller.actor],
  });
  const told = { file: { id: file, name, type: PDF, size: bytes.length }, hash, language, template };
  await tell(query, { store, caller, object, id: recordId, version }, 'DocumentIssued', told);
}

/** The document that was issued last of a record, or its n-th; null when there is none. */
export async function issuedFile(query: Query, object: string, id: string, version?: number): Promise<StoredFile | null> {
  const order = version === undefined ? 'order by d.at desc, d.id desc limit 1' : `order by d.at, d.id limit 1 offset ${version - 1}`;
  const [row] = await query({
    text: `select f.id, f.name, f.type, f.size, f.hash, f.by from platform.document d join platform.file f on f.id = d.file_id
      where d.object = $1 and d.record_id = $2::uuid ${order}`,
    values: [object, id],
  });
  if (!row) return null;
  const [file, name, type, size, hash, by] = row;
  return { id: file ?? '', name: name ?? '', type: type ?? '', size: Number(size), hash: hash ?? '', by: by ?? '' };
}

/** A document that was issued of a record; the first has the version 1. */
export type IssuedVersion = {
  readonly version: number;
  readonly name: string;
  readonly language: string;
  readonly by: string;
  readonly at: string;
};

const VERSIONS_MAX = 200;

/** All documents that were issued of a record, the first one first. */
export async function issuedVersions(query: Query, object: string, id: string): Promise<readonly IssuedVersion[]> {
  const rows = await query({
    text: `select f.name, d.language, d.by, to_char(d.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
      from platform.document d join platform.file f on f.id = d.file_id
      where d.object = $1 and d.record_id = $2::uuid order by d.at, d.id limit ${VERSIONS_MAX}`,
    values: [object, id],
  });
  return rows.map(([name, language, by, at], index) => ({
    version: index + 1,
    name: name ?? '',
    language: language ?? '',
    by: by ?? '',
    at: at ?? '',
  }));
}
