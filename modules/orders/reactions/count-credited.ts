import type { Claim, Order } from '#metadata/records.gen.ts';
import { invoiceCredited } from '#modules/invoices/events.ts';
import { exact } from '#platform/kernel/decimal.ts';
import { onEvent, type Work } from '#platform/kernel/module.ts';
import { changeExposure } from '../credit/exposure.ts';
import { refuseUnsettled } from '../rules/claim-state.ts';
import { amountOf, minus, plus } from '../rules/quantity.ts';
import { giveBackToNote, restoreDeposits } from './give-back.ts';

/** What a credit note takes back is owed no more, and what of an order was on it may be invoiced again. */
export const countCredited = onEvent(invoiceCredited, 'countCredited', async (work, credit) => {
  if (credit.orderId) {
    const order = await work.lock<Order>('order', credit.orderId);
    const claim = await work.lock<Claim>('claim', credit.invoiceId);
    refuseUnsettled(claim);
    await takeBack(work, { order, claim, credited: new Map(credit.lines.map((line) => [line.orderLineId, line.quantity])) });
  }
  await changeExposure(work, credit.customerId, { receivables: exact(credit.grossTotal).times(credit.exchangeRate).negated() });
});

type Credited = { readonly order: Order; readonly claim: Claim; readonly credited: ReadonlyMap<string, string> };

async function takeBack(work: Work, { order, claim, credited }: Credited): Promise<void> {
  const lines = (claim.lines ?? []).map((line) => ({ ...line, returned: plus(line.returned, credited.get(line.orderLine)) }));
  const isAll = lines.every((line) => amountOf(line.returned).gte(line.quantity));
  await work.save('claim', { id: claim.id, lines, ...(isAll ? { state: 'released' } : {}) });
  await giveBackToNote(work, claim, credited);
  if (isAll) await restoreDeposits(work, claim);
  if (credited.size === 0) return;
  await work.save('order', {
    id: order.id,
    lines: (order.lines ?? []).map((line) => ({
      ...line,
      invoiced: minus(line.invoiced, credited.get(line.id ?? '')),
      invoiceClaimed: minus(line.invoiceClaimed, credited.get(line.id ?? '')),
    })),
  });
}
