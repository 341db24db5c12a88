const POOL_BYTES = 10 * 256;
let pool = Buffer.alloc(0);
let at = 0;
let lastMilliseconds = 0;
let counter = 0;

/**
 * A UUID of version 7 (RFC 9562 §5.7): milliseconds, a counter of 12 bits that keeps those of one millisecond in order
 * (method 1 of §6.2), and 62 random bits.
 */
export function uuidV7(): string {
  const now = Date.now();
  if (now > lastMilliseconds) {
    lastMilliseconds = now;
    counter = 0;
  } else if (++counter > 0xfff) {
    lastMilliseconds += 1;
    counter = 0;
  }
  const random = takeRandom();
  random[0] = ((random[0] ?? 0) & 0x3f) | 0x80;
  const time = lastMilliseconds.toString(16).padStart(12, '0');
  const tail = random.toString('hex');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${counter.toString(16).padStart(3, '0')}-${tail.slice(0, 4)}-${tail.slice(4)}`;
}

function takeRandom(): Buffer {
  if (at + 8 > pool.length) {
    pool = Buffer.from(crypto.getRandomValues(new Uint8Array(POOL_BYTES)).buffer);
    at = 0;
  }
  at += 8;
  return pool.subarray(at - 8, at);
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Whether a text is written as a UUID is, of whatever version. */
export function isUuid(text: string): boolean {
  return UUID.test(text);
}
