import type { ReturnNote } from '#metadata/records.gen.ts';
import { invoiceCredited } from '#modules/invoices/events.ts';
import { onEvent } from '#platform/kernel/module.ts';
import { withCredited } from '../rules/returns.ts';

/** A credit note of a return is issued: what of it is credited follows, and where. */
export const countReturnCredited = onEvent(invoiceCredited, 'countReturnCredited', async (work, { returnNoteId, creditNoteId, lines }) => {
  if (returnNoteId === null) return;
  const returned = await work.lock<ReturnNote>('return_note', returnNoteId);
  const credited = new Map(lines.map((line) => [line.orderLineId, line.quantity]));
  await work.save('return_note', { id: returned.id, creditNoteId, lines: withCredited(returned.lines ?? [], credited) });
});
