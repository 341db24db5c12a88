import { hkdfSync } from 'node:crypto';

/** A key for one purpose, 256 bits, derived from the installation's secret (HKDF-SHA-256, RFC 5869): it stands in no database. */
export function purposeKey(secret: string, purpose: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(hkdfSync('sha256', secret, 'tessera purpose keys', purpose, 32));
}
