/** What nobody can make who has only the databases: an HMAC-SHA-256, in hexadecimal, under a key of the installation. */
export async function sealOf(keyBytes: Uint8Array<ArrayBuffer>, text: string): Promise<string> {
  const key = await crypto.subtle.importKey('raw', keyBytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  const seal = await crypto.subtle.sign('HMAC', key, new TextEncoder().encode(text));
  return [...new Uint8Array(seal)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** What of an anchor is sealed. */
export function anchorText({ position, hash }: { readonly position: string; readonly hash: string }): string {
  return `${position} ${hash}`;
}
