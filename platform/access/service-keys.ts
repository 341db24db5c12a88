import { createPrivateKey, createPublicKey, hkdfSync, type KeyObject } from 'node:crypto';
import type { ServiceName } from '#platform/kernel/services.ts';

/** PKCS #8 wrapping of an Ed25519 seed (RFC 8410 §7). */
const PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');

/** A service's key pair, derived from the installation's secret and its name (HKDF-SHA-256, RFC 5869). */
export function serviceKeys(secret: string, service: ServiceName): { readonly privateKey: KeyObject; readonly publicKey: KeyObject } {
  const seed = Buffer.from(hkdfSync('sha256', secret, 'tessera service keys', service, 32));
  const privateKey = createPrivateKey({ key: Buffer.concat([PKCS8_PREFIX, seed]), format: 'der', type: 'pkcs8' });
  return { privateKey, publicKey: createPublicKey(privateKey) };
}
