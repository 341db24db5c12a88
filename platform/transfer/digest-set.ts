import { hash } from 'node:crypto';

/** A set of texts of which no text is kept. */
export type DigestSet = { readonly has: (text: string) => boolean; readonly add: (text: string) => void };

const SLOTS_FIRST = 1_024;

/**
 * Nothing is in it yet. Of each text 64 bits of its hash are kept, so that a million texts take some 16 MB, however long they are. That two of a
 * million have the same is as likely as one in thirty million: ask it only where a wrong yes does no harm.
 */
export function openDigestSet(): DigestSet {
  let table = emptyTable(SLOTS_FIRST);
  let count = 0;
  return Object.freeze({
    has: (text: string) => {
      const digest = digestOf(text);
      return table[slotOf(table, digest)] === digest;
    },
    add: (text: string) => {
      const digest = digestOf(text);
      const slot = slotOf(table, digest);
      if (table[slot] === digest) return;
      table[slot] = digest;
      count += 1;
      // At most half of the slots are taken, so that a free one is near.
      if (count * 2 > table.length) table = doubled(table);
    },
  });
}

function emptyTable(slots: number): BigUint64Array {
  return new BigUint64Array(slots);
}

/** Zero stands for a free slot. */
function digestOf(text: string): bigint {
  const digest = hash('sha1', text, 'buffer').readBigUInt64LE(0);
  return digest === 0n ? 1n : digest;
}

/** Where a digest stands, or the free slot where it belongs. The number of slots is a power of two. */
function slotOf(table: BigUint64Array, digest: bigint): number {
  const last = table.length - 1;
  let slot = Number(digest & 0xffff_ffffn) & last;
  while (table[slot] !== 0n && table[slot] !== digest) slot = (slot + 1) & last;
  return slot;
}

function doubled(table: BigUint64Array): BigUint64Array {
  const larger = emptyTable(table.length * 2);
  for (const digest of table) if (digest !== 0n) larger[slotOf(larger, digest)] = digest;
  return larger;
}
