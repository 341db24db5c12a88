import type { Claim } from '#metadata/records.gen.ts';
import { exact } from '#platform/kernel/decimal.ts';
import type { Work } from '#platform/kernel/module.ts';
import { withInvoiced } from '../rules/delivery-claims.ts';

/** What an invoice gives back of a delivery note may be invoiced from that again. */
export async function giveBackToNote(work: Work, invoice: Claim, quantities: ReadonlyMap<string, string>): Promise<void> {
  if (!invoice.deliveryNote) return;
  const note = await work.lock<Claim>('claim', invoice.deliveryNote);
  const given = [...quantities].map(([id, quantity]) => ({ line: { id, quantity: '0' }, quantity: exact(quantity).negated() }));
  await work.save('claim', { id: note.id, lines: withInvoiced(note, given) });
}

/** Down payments that an invoice had deducted are there to be deducted again. */
export async function restoreDeposits(work: Work, invoice: Claim): Promise<void> {
  const deducted = await work.query<Claim>('claim', {
    filter: { orderId: invoice.orderId, deductedBy: invoice.id },
    fields: 'kind',
    limit: 100,
  });
  for (const deposit of deducted) await work.save('claim', { id: deposit.id, deductedBy: null });
}
