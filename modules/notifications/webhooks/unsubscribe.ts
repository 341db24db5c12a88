const ALGORITHM = { name: 'HMAC', hash: 'SHA-256' } as const;

/** Seals addresses into links by which whoever has one takes that address off, and no other; and opens them. */
export type Unsubscribing = {
  readonly tokenFor: (address: string) => Promise<string>;
  /** The address of a token; null for one that is not ours. */
  readonly addressOf: (token: string) => Promise<string | null>;
};

/** By HMAC-SHA-256 under a key that stands in no database: `<address in hexadecimal>.<seal in hexadecimal>`. */
export function openUnsubscribing(keyBytes: Uint8Array<ArrayBuffer>): Unsubscribing {
  const key = crypto.subtle.importKey('raw', keyBytes, ALGORITHM, false, ['sign', 'verify']);
  return Object.freeze({
    tokenFor: async (address: string) => {
      const bytes = new TextEncoder().encode(address.toLowerCase());
      return `${hexOf(bytes)}.${hexOf(new Uint8Array(await crypto.subtle.sign(ALGORITHM.name, await key, bytes)))}`;
    },
    addressOf: async (token: string) => {
      const [address, seal] = (/^((?:[0-9a-f]{2}){3,254})\.([0-9a-f]{64})$/.exec(token) ?? []).slice(1).map(bytesOf);
      if (!address || !seal) return null;
      const isOurs = await crypto.subtle.verify(ALGORITHM.name, await key, seal, address);
      return isOurs ? new TextDecoder().decode(address) : null;
    },
  });
}

function hexOf(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}
