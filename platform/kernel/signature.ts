/** Seconds by which a signed message may be old, or ahead of our clock. */
const TOLERANCE_SECONDS = 300;

/** Signs a message at an instant: `t=<seconds>,v1=<hex HMAC-SHA-256 of "t.body">`, as Stripe does. */
export async function sign(secret: string, body: Uint8Array, seconds: number): Promise<string> {
  const seal = await crypto.subtle.sign('HMAC', await keyOf(secret), signed(body, String(seconds)));
  return `t=${seconds},v1=${hexOf(new Uint8Array(seal))}`;
}

/** Whether one of the secrets has signed these bytes, not too long ago. Compared in constant time. */
export async function isSigned(
  secrets: readonly string[],
  message: { readonly body: Uint8Array; readonly signature: string },
  now: string,
): Promise<boolean> {
  const parts = message.signature
    .slice(0, 500)
    .split(',')
    .map((part) => part.trim());
  const time = parts.find((part) => part.startsWith('t='))?.slice(2) ?? '';
  const age = Math.abs(Date.parse(now) / 1000 - Number(time));
  if (!/^\d{1,12}$/.test(time) || !(age <= TOLERANCE_SECONDS)) return false;
  const seals = parts.filter((part) => /^v1=[0-9a-f]{64}$/.test(part)).map((part) => bytesOf(part.slice(3)));
  for (const secret of secrets) {
    const key = await keyOf(secret);
    for (const seal of seals) if (await crypto.subtle.verify('HMAC', key, seal, signed(message.body, time))) return true;
  }
  return false;
}

function hexOf(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

function bytesOf(hex: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

function keyOf(secret: string): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', new TextEncoder().encode(secret), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign', 'verify']);
}

function signed(body: Uint8Array, time: string): Uint8Array<ArrayBuffer> {
  const head = new TextEncoder().encode(`${time}.`);
  const all = new Uint8Array(head.length + body.length);
  all.set(head);
  all.set(body, head.length);
  return all;
}
