import { createHash, createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';

/** What a link says: the record, the state of it that is meant, and its last day (`2026-01-31`). */
export type LinkClaims = { readonly id: string; readonly mark: string; readonly lastDay: string };

/** Of a link that is genuine: the record, whether the mark is its mark still, and its last day. */
export type LinkRead = { readonly id: string; readonly lastDay: string; readonly hasMark: (mark: string) => boolean };

/** Signs links to one public page and reads them. */
export type LinkTokens = {
  readonly issue: (claims: LinkClaims) => string;
  /** Null for whatever was not signed here, for this page. Whether it has expired is not looked at. */
  readonly read: (token: string) => LinkRead | null;
};

const VERSION = 1;
const MARK_BYTES = 8;
const SEAL_BYTES = 24;
const CLAIM_BYTES = 1 + 16 + 4 + MARK_BYTES;
const DAY_MS = 86_400_000;

/**
 * Links that need nothing to be kept: version, record, last day and a digest of the mark, sealed by HMAC-SHA-256 of 192 bits under a key that
 * HKDF (RFC 5869) derives for this page alone. So a link opens one page of one record, and the same record has the same link.
 */
export function openLinkTokens(secret: string, page: string): LinkTokens {
  const key = Buffer.from(hkdfSync('sha256', secret, 'tessera public links', page, 32));
  const sealOf = (claims: Buffer): Buffer => createHmac('sha256', key).update(claims).digest().subarray(0, SEAL_BYTES);
  return Object.freeze({
    issue: (claims: LinkClaims) => {
      const bytes = bytesOf(claims);
      return Buffer.concat([bytes, sealOf(bytes)]).toString('base64url');
    },
    read: (token: string) => {
      const bytes = Buffer.from(token.slice(0, 200), 'base64url');
      // Decoding overlooks spare bits and strange letters: what is not written as we write it is not ours.
      if (bytes.length !== CLAIM_BYTES + SEAL_BYTES || bytes[0] !== VERSION || bytes.toString('base64url') !== token) return null;
      const claims = bytes.subarray(0, CLAIM_BYTES);
      return timingSafeEqual(sealOf(claims), bytes.subarray(CLAIM_BYTES)) ? readClaims(claims) : null;
    },
  });
}

function bytesOf({ id, mark, lastDay }: LinkClaims): Buffer {
  const days = Buffer.alloc(4);
  days.writeUInt32BE(Math.round(Date.parse(`${lastDay}T00:00:00Z`) / DAY_MS));
  return Buffer.concat([Buffer.of(VERSION), Buffer.from(id.replaceAll('-', ''), 'hex'), days, digestOf(mark)]);
}

function readClaims(claims: Buffer): LinkRead {
  const hex = claims.subarray(1, 17).toString('hex');
  const id = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
  const mark = claims.subarray(21);
  return {
    id,
    lastDay: new Date(claims.readUInt32BE(17) * DAY_MS).toISOString().slice(0, 10),
    hasMark: (given) => digestOf(given).equals(mark),
  };
}

function digestOf(mark: string): Buffer {
  return createHash('sha256').update(mark).digest().subarray(0, MARK_BYTES);
}
