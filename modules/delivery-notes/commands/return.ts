import type { DeliveryNote } from '#metadata/records.gen.ts';
import { defineCommand } from '#platform/kernel/module.ts';
import { newReturn } from '../documents/new-return.ts';
import { claimedBy, partsToReturn, withClaimed, type ReturnedRow } from '../rules/returns.ts';

type Input = { reason: string; isAnnounced?: boolean; lines?: readonly ReturnedRow[] };

/** Goods come back, all or some, as a return: a document of its own, which the order hears of once they are received. */
export const returnGoods = defineCommand<DeliveryNote, Input>({
  object: 'delivery_note',
  name: 'return',
  run: async (work, note, { reason, isAnnounced = false, lines: rows }) => {
    const lines = note.lines ?? [];
    const coming = partsToReturn(lines, rows);
    const made = await newReturn(work, note, { coming, reason, isAnnounced });
    return { ...made, values: { lines: withClaimed(lines, claimedBy(coming)) } };
  },
});
